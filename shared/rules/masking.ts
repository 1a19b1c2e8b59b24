/**
 * What people put between the groups of a number, or hide it with: spaces of every width, joiners that nobody sees, hyphens, dots. Not a comma: that is how amounts are
 * written; not a colon or slash: those are times and dates.
 */
const GAP = '[ \\u00A0\\u00AD\\u2002-\\u200D\\u3000.\\u00B7\\u2022\\u30FB_\\-\\u2010-\\u2015\\u2212\\uFF0D~\\uFF5E]'
/** Not an amount of money: 13800138000元 is a budget. Only that: a number beside any other word is sooner a number to call. */
const NO_AMOUNT = '(?!(?:\\.\\d{1,2})? ?[万亿]?元)'

const SEPARATOR = `${GAP}?`

const groups = (...sizes: number[]) => sizes.map((size) => `\\d{${size}}`).join(SEPARATOR)
/** So short that only a gap after each makes them one number. */
const pieces = (...sizes: number[]) => sizes.map((size) => `\\d{${size}}`).join(GAP)
const number = (source: string) => new RegExp(`(?<!\\d)${source}(?!\\d)`, 'gu')

/** An identity card: 17 digits and a digit or X with a birth date in the middle, or the 15 digits of the old ones. */
const IDENTITY = number(`[1-9]\\d{5}${SEPARATOR}(?:19|20)\\d{2}${SEPARATOR}(?:0[1-9]|1[0-2])${SEPARATOR}(?:0[1-9]|[12]\\d|3[01])${SEPARATOR}\\d{3}${SEPARATOR}[\\dXxＸｘ]`)
const OLD_IDENTITY = number('[1-9]\\d{5}\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}')
/** A mobile number in the groups that people read it out in; before it perhaps the country's code. */
const MOBILE = number(`(?<country>(?:\\+|00)?86${SEPARATOR})?(?=1${SEPARATOR}[3-9])(?:${[groups(3, 4, 4), groups(3, 3, 5), groups(4, 4, 3), pieces(2, 2, 2, 2, 2, 1), pieces(...Array.from({ length: 11 }, () => 1))].join('|')})${NO_AMOUNT}`)
/** A landline with its area code. Short public numbers stay readable: 12345, 110, 0577-12345. */
const LANDLINE = number('0\\d{2,3}[)）]?[ \\-\\u2010-\\u2015\\uFF0D]?[2-9]\\d{2,3}[ \\-]?\\d{4}')
/** A bank card: 16 to 19 digits. */
const CARD = number(`[3-6]\\d{3}${SEPARATOR}${groups(4, 4, 4)}(?:${SEPARATOR}\\d{1,3})?`)
/** A passport. */
const PASSPORT = /(?<![A-Za-z\d])(?:[EeGg]\d{8}|[Ee][A-Za-z]\d{7})(?!\d)/g
/** A mobile number written out: nobody writes eleven numerals in a row for anything else. */
const SPELT = /(?<![零〇一二三四五六七八九幺])[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])/g

/** Keeps `start` and `end` characters of what counts in a number and stars the rest. */
function starred(found: string, start: number, end: number): string {
  const kept = [...found].filter((character) => /[\p{L}\p{N}]/u.test(character)).join('')
  return kept.slice(0, start) + '*'.repeat(Math.max(0, kept.length - start - end)) + kept.slice(kept.length - end)
}
const star = (start: number, end: number) => (found: string) => starred(found, start, end)
const starMobile = (found: string, country: string | undefined) => (country ?? '') + starred(found.slice(country?.length ?? 0), 3, 4)

// Digits of other widths are written on phones, and read by everybody.
const narrow = (text: string) => text.replace(/\p{Nd}/gu, (digit) => digit.normalize('NFKC'))
/** Whether there is anything to look for: nearly no text holds seven digits close together, or eleven numerals. */
const SUSPECT = /(?:\p{Nd}[^\p{Nd}]{0,3}){7}|[零〇一二三四五六七八九幺]{11}/u

/** `text` with identity, passport, phone and bank card numbers made unreadable: what may be shown to the public. Masking twice changes nothing more. */
export function maskNumbers(text: string): string {
  if (!SUSPECT.test(text)) return text
  const narrowed = narrow(text)
  const masked = narrowed
    .replace(IDENTITY, star(4, 0))
    .replace(CARD, star(0, 4))
    .replace(OLD_IDENTITY, star(4, 0))
    .replace(MOBILE, starMobile)
    .replace(LANDLINE, star(3, 2))
    .replace(PASSPORT, star(2, 0))
    .replace(SPELT, star(3, 4))
  return masked === narrowed ? text : masked
}
