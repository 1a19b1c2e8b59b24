/**
 * A list that keeps still while somebody reads it. What is shown follows what is wanted only when the reader is not at it; meanwhile the differences are counted.
 */

/** `shown` without what has gone: a question taken away must vanish at once, whoever reads. */
export function stillThere(shown: readonly string[], wanted: readonly string[]): string[] {
  const present = new Set(wanted)
  return shown.filter((id) => present.has(id))
}

/** How many entries would appear or move if `shown` became `wanted`: the new ones and the fewest that must be moved. */
export function countChanges(shown: readonly string[], wanted: readonly string[]): number {
  const place = new Map(wanted.map((id, index) => [id, index]))
  const kept = shown.flatMap((id) => place.get(id) ?? [])
  return wanted.length - longestRise(kept)
}

/** Length of the longest rising subsequence (patience sorting, n log n). */
function longestRise(values: readonly number[]): number {
  const tails: number[] = []
  for (const value of values) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((tails[middle] ?? Infinity) < value) low = middle + 1
      else high = middle
    }
    tails[low] = value
  }
  return tails.length
}

export type Reading = {
  /** Milliseconds since the last touch, wheel or key on the list; Infinity when there was none. */
  sinceTouch: number
  /** The top of the list has been scrolled out of sight. */
  scrolledPast: boolean
  /** The keyboard's focus is on something in the list. */
  keyboardInside: boolean
}

/** How long after the last touch the list may move again, in milliseconds. */
export const CALM_AFTER = 2_500

/** Whether somebody is at the list, so that nothing may move under their finger. */
export function isReading(reading: Reading): boolean {
  return reading.scrolledPast || reading.keyboardInside || reading.sinceTouch < CALM_AFTER
}
