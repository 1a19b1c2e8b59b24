import { Secret, TOTP } from 'otpauth'

/** Codes of an authenticator (RFC 6238): what every such app can do. */
const PERIOD = 30
const DIGITS = 6
const ALGORITHM = 'SHA1'
/** Steps before and after the present one that still serve: clocks differ, and people type slowly. */
const WINDOW = 1
const SECRET_BYTES = 20

const RECOVERY_CODES = 10
/** Without what is easily mistaken for something else. */
const RECOVERY_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const RECOVERY_LENGTH = 10

const totp = (secret: string, rest: { issuer?: string; label?: string } = {}) => new TOTP({ ...rest, secret: Secret.fromBase32(secret), algorithm: ALGORITHM, digits: DIGITS, period: PERIOD })

/** Base32. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** otpauth://… for a QR code; `site` and `username` are what the app lists it under. */
export const offerOf = (secret: string, site: string, username: string): string => totp(secret, { issuer: site, label: username }).toString()

/** The step whose code `typed` is, when it serves at `now` (milliseconds) and is later than `last`; else null. */
export function stepOf(secret: string, typed: string, now: number, last: number): number | null {
  const delta = totp(secret).validate({ token: typed, timestamp: now, window: WINDOW })
  if (delta === null) return null
  const step = TOTP.counter({ period: PERIOD, timestamp: now }) + delta
  return step > last ? step : null
}

/** What was typed as it is compared: without gaps; letters of a recovery code as they were meant. */
export function typedCode(typed: string): { kind: 'authenticator' | 'recovery'; code: string } {
  const code = typed.normalize('NFKC').toLowerCase().replaceAll(/[\s-]/g, '')
  return /^\d{6}$/.test(code) ? { kind: 'authenticator', code } : { kind: 'recovery', code: code.replaceAll('o', '0').replaceAll(/[il]/g, '1') }
}

/** Ten new codes of 50 bits, written in two halves: `7k2md-9xq4w`. */
export function newRecoveryCodes(random: (bytes: number) => Uint8Array): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    // 32 divides 256: every letter is as likely.
    const letters = Array.from(random(RECOVERY_LENGTH), (byte) => RECOVERY_ALPHABET[byte % RECOVERY_ALPHABET.length] ?? '').join('')
    return `${letters.slice(0, RECOVERY_LENGTH / 2)}-${letters.slice(RECOVERY_LENGTH / 2)}`
  })
}
