/** Wrong guesses (of a password or a code) that lock an account; it is the fifth that locks. */
export const GUESSES = 5
/** Guesses count together while no pause between two is longer, in milliseconds. */
export const GUESS_WINDOW = 15 * 60_000
/** How long an account stays locked, in milliseconds. */
export const LOCKED = 15 * 60_000

/** As the account's row has it; times are ISO 8601. */
export type Guessing = { failures: number; failedAt: string | null; lockedUntil: string | null }
export const NO_GUESSES: Guessing = { failures: 0, failedAt: null, lockedUntil: null }

/** Milliseconds for which it is still locked at `now`; 0: it is not. */
export const lockedFor = ({ lockedUntil }: Pick<Guessing, 'lockedUntil'>, now: number): number => (lockedUntil === null ? 0 : Math.max(0, Date.parse(lockedUntil) - now))

/**
 * The account after one more guess, which counts as wrong until it proved right ({@link proved}): any number at the same time are then no more than five.
 * Only for one that is not locked.
 */
export function guessed(before: Guessing, now: number): Guessing {
  const together = before.failedAt !== null && now - Date.parse(before.failedAt) < GUESS_WINDOW && before.lockedUntil === null
  const failures = (together ? before.failures : 0) + 1
  return { failures, failedAt: new Date(now).toISOString(), lockedUntil: failures >= GUESSES ? new Date(now + LOCKED).toISOString() : null }
}

/** The account after one of its guesses proved right: those before it stay, so that a known password does not buy more guesses of the code. */
export function proved(before: Guessing): Guessing {
  const failures = Math.max(0, before.failures - 1)
  return { failures, failedAt: failures === 0 ? null : before.failedAt, lockedUntil: failures >= GUESSES ? before.lockedUntil : null }
}
