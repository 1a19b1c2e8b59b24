import type { SignedIn } from '../../shared/accounts.ts'
import type { SignInRow } from '../db/schema.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Milliseconds: `idle` since it was last used, `absolute` since it was opened. */
const LIVES: Record<SignedIn, { idle: number; absolute: number }> = {
  staff: { idle: 12 * HOUR, absolute: 7 * DAY },
  resident: { idle: 90 * DAY, absolute: 400 * DAY },
  link: { idle: 90 * DAY, absolute: 400 * DAY },
}
/** How exactly it is known when a sign-in was last used: each knowing is a write. */
const SEEN_EVERY = 5 * MINUTE
/** After so much use a browser gets another token. */
const ROTATED_EVERY = DAY
/** The token before serves for so long, for requests under way. */
const PREVIOUS_SERVES = 60_000

const ms = (at: string) => Date.parse(at)

/** When a sign-in that was just used ends, UTC ISO 8601. */
export function expiryOf(kind: SignedIn, createdAt: string, seenAt: string): string {
  return new Date(Math.min(ms(seenAt) + LIVES[kind].idle, ms(createdAt) + LIVES[kind].absolute)).toISOString()
}

/** Seconds that a browser keeps the cookie; whether it still says anything is the server's to decide. */
export const cookieSeconds = (kind: SignedIn) => LIVES[kind].absolute / 1_000

type Facts = Pick<SignInRow, 'token' | 'previous' | 'rotatedAt' | 'seenAt' | 'expiresAt'>

/** The answer with the present token may have been lost on its way: until it is used, the one before is as good. */
const isUnused = ({ seenAt, rotatedAt, previous }: Facts) => previous !== null && ms(seenAt) <= ms(rotatedAt)

/** Whether whoever brings the token with this digest is signed in. `at`: milliseconds. */
export function serves(signIn: Facts, digest: string, at: number): boolean {
  if (ms(signIn.expiresAt) <= at) return false
  return signIn.token === digest || (signIn.previous === digest && (at - ms(signIn.rotatedAt) < PREVIOUS_SERVES || isUnused(signIn)))
}

/** Whether it is to be noted that whoever brings this token uses it. */
export function wantsNoting(signIn: Facts, digest: string, at: number): boolean {
  return at - ms(signIn.seenAt) >= SEEN_EVERY || (signIn.token === digest && isUnused(signIn))
}

/** Whether whoever brings this token gets a new one: each day, and when the one that they were given never arrived. */
export function wantsRotation(signIn: Facts, digest: string, at: number): boolean {
  const age = at - ms(signIn.rotatedAt)
  return signIn.token === digest ? age >= ROTATED_EVERY : age >= PREVIOUS_SERVES && isUnused(signIn)
}
