const FIRST = 500
const LONGEST = 10_000

/** Milliseconds to wait before the join after `attempts` failed ones (1 or more). `random` in [0, 1) spreads a crowd that was cut off together over half the time. */
export function backoff(attempts: number, random: number): number {
  const full = Math.min(LONGEST, FIRST * 2 ** (attempts - 1))
  return Math.round(full * (0.5 + random / 2))
}
