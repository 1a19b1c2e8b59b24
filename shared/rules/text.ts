const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** Number of characters as a reader counts them: one per grapheme cluster, so 👨‍👩‍👧 and é are one and every 汉字 is one. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

// Bidirectional overrides and other invisible controls can make a text read as something it is not; tab and newline stay.
const INVISIBLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF]/gu

/** The form in which a text from outside is kept: well-formed (half a surrogate pair would come back from the database as another character), without invisible controls, NFC, line ends as \n, at most two line breaks in a row, trimmed. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** As {@link cleanText}, on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ')
}
