/** First wait before a reload, and the longest, in milliseconds. */
const FIRST = 4_000
const LONGEST = 5 * 60_000
/** Reloads that are remembered, in milliseconds: whatever made them needed is over by then. */
const REMEMBERED = 60 * 60_000

/**
 * How long to wait before the page is loaded afresh, in milliseconds: the longer, the more often that was done lately, and never the same for two screens.
 * @param tries reloads within the last hour, and tries of this one
 * @param random from 0 to 1
 */
export function waitBeforeReload(tries: number, random: number): number {
  return Math.min(LONGEST, FIRST * 2 ** Math.min(tries, 10)) * (0.5 + random)
}

/** Times of the reloads that count at `now`, from what was kept of them. */
export function recentReloads(kept: string | null, now: number): number[] {
  try {
    const times: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(times) ? times.filter((time): time is number => typeof time === 'number' && time <= now && now - time < REMEMBERED) : []
  } catch {
    return []
  }
}
