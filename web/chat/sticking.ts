/** Where a reader of the chat is: at the newest message, or further up with so many unseen below. */
export type ChatPosition = { stuck: boolean; unseen: number }

/** Within this many pixels of the end a reader counts as being at the end: momentum and zoom leave fractions. */
export const END_TOLERANCE = 24

export function afterScroll(position: ChatPosition, distanceFromEnd: number): ChatPosition {
  if (distanceFromEnd <= END_TOLERANCE) return { stuck: true, unseen: 0 }
  return { stuck: false, unseen: position.unseen }
}

export function afterArrival(position: ChatPosition, arrived: number): ChatPosition {
  return position.stuck ? position : { stuck: false, unseen: position.unseen + arrived }
}

/**
 * How many messages came in at the end. Deleting in the middle and dropping the oldest are no arrivals.
 * @param before ids as they were, newest last
 */
export function countArrivals(before: readonly string[], after: readonly string[]): number {
  const known = new Set(before)
  let arrived = 0
  for (let index = after.length - 1; index >= 0; index--) {
    const id = after[index]
    if (id === undefined || known.has(id)) break
    arrived++
  }
  return arrived
}

/** Whole seconds until `until`, both in milliseconds of the same clock; never below zero. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000))
}
