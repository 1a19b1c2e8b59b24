/** A stretch of a text, and whether it is one of the words looked for. */
export type Stretch = { text: string; found: boolean }

/** The signs of a text that count when words are looked for, folded, each with where it stood. Width, case, spaces and punctuation make no difference. */
function significant(text: string): { signs: string; places: number[] } {
  let signs = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    for (const sign of character.normalize('NFKC').toLowerCase()) {
      if (!/[\p{L}\p{N}]/u.test(sign)) continue
      signs += sign
      for (let unit = 0; unit < sign.length; unit++) places.push(at)
    }
    at += character.length
  }
  return { signs, places }
}

/** `text` cut where one of `words` stands, also where it is hidden between spaces and signs. Overlapping ones become one. */
export function highlight(text: string, words: readonly string[]): Stretch[] {
  const { signs, places } = significant(text)
  const ranges: { from: number; to: number }[] = []
  for (const word of words) {
    const needle = significant(word).signs
    if (needle === '') continue
    for (let at = signs.indexOf(needle); at >= 0; at = signs.indexOf(needle, at + 1)) {
      const last = places[at + needle.length - 1] ?? 0
      ranges.push({ from: places[at] ?? 0, to: last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1) })
    }
  }
  ranges.sort((a, b) => a.from - b.from)
  const stretches: Stretch[] = []
  let end = 0
  for (const { from, to } of ranges) {
    const last = stretches.at(-1)
    if (last && from <= end) last.text += text.slice(end, Math.max(end, to))
    else stretches.push(...(from > end ? [{ text: text.slice(end, from), found: false }] : []), { text: text.slice(from, to), found: true })
    end = Math.max(end, to)
  }
  return end < text.length ? [...stretches, { text: text.slice(end), found: false }] : stretches
}
