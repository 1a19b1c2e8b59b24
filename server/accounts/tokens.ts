import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Signed values: `<value>.<signature>`, HMAC-SHA256 with the server's secret. `purpose` keeps a signature made for one thing from serving for another.
 */
export type Signer = { sign: (purpose: string, value: string) => string; /** @returns the value, or null when the signature does not fit */ open: (purpose: string, signed: string) => string | null }

export function createSigner(secret: string): Signer {
  const signature = (purpose: string, value: string) => createHmac('sha256', secret).update(`${purpose}:${value}`).digest('base64url')
  return {
    sign: (purpose, value) => `${value}.${signature(purpose, value)}`,
    open(purpose, signed) {
      const dot = signed.lastIndexOf('.')
      if (dot < 1) return null
      const value = signed.slice(0, dot)
      const given = Buffer.from(signed.slice(dot + 1))
      const expected = Buffer.from(signature(purpose, value))
      return given.length === expected.length && timingSafeEqual(given, expected) ? value : null
    },
  }
}
