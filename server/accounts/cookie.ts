import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Signer } from './tokens.ts'

const PURPOSE = 'person'
const YEAR_SECONDS = 365 * 24 * 3600

/** The http-only cookie that keeps a resident's anonymous identity. */
export type IdentityCookie = {
  name: string
  /** The person that a request belongs to, or null when it brings no valid cookie. */
  read: (request: IncomingMessage) => string | null
  /** A new person, with the `Set-Cookie` value that makes the browser remember it. */
  issue: () => { personId: string; setCookie: string }
}

/** `secure` (HTTPS): the `__Host-` prefix binds the cookie to this very host. */
export function createIdentityCookie(signer: Signer, secure: boolean): IdentityCookie {
  const name = secure ? '__Host-fangtan' : 'fangtan'
  return {
    name,
    read(request) {
      for (const part of (request.headers.cookie ?? '').split(';')) {
        const equals = part.indexOf('=')
        if (equals < 0 || part.slice(0, equals).trim() !== name) continue
        return signer.open(PURPOSE, part.slice(equals + 1).trim())
      }
      return null
    },
    issue() {
      const personId = randomUUID()
      const setCookie = `${name}=${signer.sign(PURPOSE, personId)}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
      return { personId, setCookie }
    },
  }
}
