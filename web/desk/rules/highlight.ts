/** A stretch of a text, and whether it is one of the words looked for. */
export type Stretch = { text: string; found: boolean }

/** One character in the form in which words are compared; always one unit long or empty, so that places stay true. */
function folded(unit: string): string {
  const form = unit.normalize('NFKC').toLowerCase()
  return form.length === 1 ? form : unit
}

/** `text` cut at every occurrence of one of `words`, whatever the case and width of its letters. Overlapping ones become one. */
export function highlight(text: string, words: readonly string[]): Stretch[] {
  const units = text.split('')
  const haystack = units.map(folded).join('')
  const marked = new Array<boolean>(units.length).fill(false)
  for (const word of words) {
    const needle = word.split('').map(folded).join('')
    if (needle === '') continue
    for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) marked.fill(true, at, at + needle.length)
  }
  const stretches: Stretch[] = []
  units.forEach((unit, index) => {
    const found = marked[index] === true
    const last = stretches.at(-1)
    if (last?.found === found) last.text += unit
    else stretches.push({ text: unit, found })
  })
  return stretches
}
