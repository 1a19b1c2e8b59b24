/** Width of a text in halves of a 汉字: Latin letters and digits take about half of one. */
function width(text: string): number {
  let halves = 0
  for (const character of text) halves += character.charCodeAt(0) < 0x2e80 ? 1 : 2
  return halves
}

/** About four and a half lines of a phone, in halves of a 汉字: from here on a text is folded. Guessed from the text, since measuring a thousand elements would stall a phone. */
const FOLD_WIDTH = 180
const FOLD_LINES = 5

/** Whether a question is so long that a list shows only its beginning. */
export function isLong(text: string): boolean {
  return width(text) > FOLD_WIDTH || text.split('\n').length > FOLD_LINES
}
