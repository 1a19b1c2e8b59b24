import type { PublicHand } from '../floor.ts'

type Queued = Pick<PublicHand, 'id' | 'number' | 'place' | 'topicId' | 'tableId' | 'state' | 'turns' | 'raisedAt' | 'calledAt'>

/** When each table, place and topic had its last turn, as a position in the order of turns. What never had one is missing. */
type Served = { tables: Map<string | null, number>; places: Map<string, number>; topics: Map<string | null, number>; turns: number }

function take(served: Served, { tableId, place, topicId }: Queued): void {
  served.turns++
  served.tables.set(tableId, served.turns)
  served.places.set(place, served.turns)
  served.topics.set(topicId, served.turns)
}

/** Below zero: `a` comes before `b`. */
function before(a: Queued, b: Queued, { tables, places, topics }: Served): number {
  return (
    a.turns - b.turns ||
    (tables.get(a.tableId) ?? 0) - (tables.get(b.tableId) ?? 0) ||
    (places.get(a.place) ?? 0) - (places.get(b.place) ?? 0) ||
    (topics.get(a.topicId) ?? 0) - (topics.get(b.topicId) ?? 0) ||
    a.raisedAt.localeCompare(b.raisedAt) ||
    a.number - b.number
  )
}

/**
 * The order in which hands are called, which everybody sees and anybody can work out again. Who has spoken less often comes first; among those, the table that has waited longest for a turn,
 * then the place (hall and home take turns while both wait), then the topic that was not heard for longest, and then whoever raised their hand earlier.
 * @param hands all hands of the session, in any order: those that were called say who had a turn
 * @param tableId only the queue of one table; left out: the whole queue
 * @returns those who wait, the next one first
 */
export function queueOf<H extends Queued>(hands: Iterable<H>, tableId?: string | null): H[] {
  const all = [...hands].filter((hand) => tableId === undefined || hand.tableId === tableId)
  const served: Served = { tables: new Map(), places: new Map(), topics: new Map(), turns: 0 }
  const called = all.filter((hand) => hand.calledAt !== null && hand.state !== 'waiting' && hand.state !== 'lowered')
  for (const hand of called.toSorted((a, b) => (a.calledAt ?? '').localeCompare(b.calledAt ?? '') || a.number - b.number)) take(served, hand)

  const waiting = all.filter(({ state }) => state === 'waiting')
  const queue: H[] = []
  while (waiting.length > 0) {
    const next = waiting.reduce((first, hand) => (before(hand, first, served) < 0 ? hand : first))
    queue.push(next)
    waiting.splice(waiting.indexOf(next), 1)
    take(served, next)
  }
  return queue
}

/** Whether calling this hand keeps the order: it is the next of all, or of its table. */
export function isItsTurn<H extends Queued>(hands: readonly H[], hand: H): boolean {
  return queueOf(hands)[0]?.id === hand.id || (hand.tableId !== null && queueOf(hands, hand.tableId)[0]?.id === hand.id)
}
