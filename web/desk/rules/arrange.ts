/**
 * How a column takes changes without moving what somebody reads.
 * `free`: nobody is there, everything may move. `scrolled`: somebody reads further down; nothing is put in above or among it, but what left may go (the browser
 * anchors the scroll). `hands`: pointer or focus is inside; not even what left may go, or the next card would slide under a finger about to press.
 */
export type Hold = 'free' | 'scrolled' | 'hands'

export type Arrangement = {
  /** Ids to show, in order; while held by hands also of cards that others have moved away. */
  shown: readonly string[]
  /** Ids that belong here and wait to be let in. */
  waiting: readonly string[]
  /** What is shown no longer stands in its right order (votes came in). */
  outOfOrder: boolean
}

export const EMPTY: Arrangement = { shown: [], waiting: [], outOfOrder: false }

/**
 * The next arrangement of a column.
 * @param shown as shown until now
 * @param sorted what belongs to the column now, in its right order
 * @param own what this person has just moved: comes and goes at once, since they expect it
 */
export function arrange(shown: readonly string[], sorted: readonly string[], hold: Hold, own: ReadonlySet<string>): Arrangement {
  if (hold === 'free') return { shown: sorted, waiting: [], outOfOrder: false }
  const here = new Set(sorted)
  const kept = shown.filter((id) => here.has(id) || (hold === 'hands' && !own.has(id)))
  if (kept.length === 0) return { shown: sorted, waiting: [], outOfOrder: false }
  const keptIds = new Set(kept)
  const result = [...kept]
  const waiting: string[] = []
  sorted.forEach((id, index) => {
    if (keptIds.has(id)) return
    if (!own.has(id)) {
      waiting.push(id)
      return
    }
    result.splice(placeAfterNeighbour(result, sorted, index), 0, id)
    keptIds.add(id)
  })
  return { shown: result, waiting, outOfOrder: !sameOrder(result, sorted) }
}

/** Where the id at `index` of `sorted` goes in `list`: behind the nearest one before it that is there, else at the top. */
function placeAfterNeighbour(list: readonly string[], sorted: readonly string[], index: number): number {
  for (let before = index - 1; before >= 0; before--) {
    const at = list.indexOf(sorted[before] ?? '')
    if (at >= 0) return at + 1
  }
  return 0
}

/** Whether those of `shown` that belong to `sorted` stand in its order. */
function sameOrder(shown: readonly string[], sorted: readonly string[]): boolean {
  const rank = new Map(sorted.map((id, index) => [id, index]))
  let last = -1
  for (const id of shown) {
    const at = rank.get(id)
    if (at === undefined) continue
    if (at < last) return false
    last = at
  }
  return true
}
