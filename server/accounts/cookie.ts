import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { SignedIn } from '../../shared/accounts.ts'
import { cookieSeconds } from './lifetimes.ts'
import type { Signer } from './tokens.ts'

const PURPOSE = 'person'
const YEAR_SECONDS = 365 * 24 * 3600

/** The http-only cookie that keeps a resident's anonymous identity. */
type IdentityCookie = {
  name: string
  /** The person that a request belongs to, or null when it brings no valid cookie. */
  read: (request: IncomingMessage) => string | null
  /** A new person, with the `Set-Cookie` value that makes the browser remember it. */
  issue: () => { personId: string; setCookie: string }
  /** `Set-Cookie` value that takes it away: that person is no more. */
  clear: () => string
}

/** The http-only cookie of a browser that is signed in: a random token. */
type SignInCookie = {
  name: string
  /** The token that a request brings; nobody has looked yet whether it says anything. */
  read: (request: IncomingMessage) => string | null
  /** `Set-Cookie` values. */
  set: (token: string, kind: SignedIn) => string
  clear: () => string
}

/** Http-only cookies that a browser keeps for a few minutes; what they hold is sealed by whoever sets them. */
type PassingCookies = {
  read: (name: string, request: IncomingMessage) => string | null
  /** `Set-Cookie` values. */
  set: (name: string, value: string, seconds: number) => string
  clear: (name: string) => string
}

export type Cookies = { anonymous: IdentityCookie; signIn: SignInCookie; passing: PassingCookies }

function valueOf(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const equals = part.indexOf('=')
    if (equals >= 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim()
  }
  return null
}

/** `secure` (HTTPS): the `__Host-` prefix binds the cookies to this very host. */
export function createCookies(signer: Signer, secure: boolean): Cookies {
  const named = (name: string) => (secure ? `__Host-${name}` : name)
  const written = (name: string, value: string, seconds: number) => `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const anonymous = named('fangtan')
  const signIn = named('fangtan-in')
  return {
    anonymous: {
      name: anonymous,
      read(request) {
        const signed = valueOf(request, anonymous)
        return signed === null ? null : signer.open(PURPOSE, signed)
      },
      issue() {
        const personId = randomUUID()
        return { personId, setCookie: written(anonymous, signer.sign(PURPOSE, personId), YEAR_SECONDS) }
      },
      clear: () => written(anonymous, '', 0),
    },
    signIn: {
      name: signIn,
      read: (request) => valueOf(request, signIn),
      set: (token, kind) => written(signIn, token, cookieSeconds(kind)),
      clear: () => written(signIn, '', 0),
    },
    passing: {
      read: (name, request) => valueOf(request, named(`fangtan-${name}`)),
      set: (name, value, seconds) => written(named(`fangtan-${name}`), value, seconds),
      clear: (name) => written(named(`fangtan-${name}`), '', 0),
    },
  }
}
