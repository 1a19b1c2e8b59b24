/**
 * A receipt as somebody copied it from paper: small letters, missing or odd hyphens and spaces, the letters that Crockford's alphabet leaves out.
 * Returns XXXX-XXXX-XXXX, or what was typed when it cannot be one.
 */
export function readReceipt(typed: string): string {
  const bare = typed.toUpperCase().replace(/[\s\-‐-―－]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(bare) ? `${bare.slice(0, 4)}-${bare.slice(4, 8)}-${bare.slice(8)}` : typed.trim()
}
