/** An identity card: 17 digits and a digit or X, with a birth date in the middle. */
const IDENTITY = /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g
/** A mobile number, also with spaces or hyphens between its groups, also after +86. */
const MOBILE = /(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g
/** A landline with its area code. Short public numbers (12345, 110) stay readable. */
const LANDLINE = /(?<!\d)0\d{2,3}[- ]?[2-9]\d{6,7}(?!\d)/g
/** A bank card. */
const CARD = /(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?(?!\d)/g

/** Keeps `start` and `end` characters of each number's digits and stars the rest. */
const star = (start: number, end: number) => (found: string) => {
  const digits = found.replace(/[ -]/g, '')
  return digits.slice(0, start) + '*'.repeat(Math.max(0, digits.length - start - end)) + digits.slice(digits.length - end)
}

// Full-width digits are written on phones, and read by everybody.
const narrow = (text: string) => text.replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))

/** `text` with identity, phone and bank card numbers made unreadable: what may be shown to the public. Masking twice changes nothing more. */
export function maskNumbers(text: string): string {
  const narrowed = narrow(text)
  const masked = narrowed.replace(IDENTITY, star(4, 0)).replace(CARD, star(0, 4)).replace(MOBILE, star(3, 4)).replace(LANDLINE, star(3, 2))
  return masked === narrowed ? text : masked
}
