import type { PublicHand } from '../floor.ts'

type Queued = Pick<PublicHand, 'id' | 'number' | 'place' | 'topicId' | 'tableId' | 'state' | 'turns' | 'raisedAt' | 'calledAt'>

/** What takes turns, from the outside in: tables, at each of them hall and home, and in each of those the topics. */
const levels = ({ tableId, place, topicId }: Queued) => [`${tableId}`, `${tableId} ${place}`, `${tableId} ${place} ${topicId}`] as const

/** Those who differ by nothing but when they raised their hands: `hands` in that order, of which `next` are gone. */
type Line<H> = { turns: number; levels: readonly string[]; hands: H[]; next: number }

/** When each of what takes turns had its last one, counted from 1. What never had one is missing. */
type Served = { at: Map<string, number>; turns: number }

function serve(served: Served, taken: readonly string[]): void {
  served.turns++
  for (const level of taken) served.at.set(level, served.turns)
}

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)
const byRaising = (a: Queued, b: Queued) => compare(a.raisedAt, b.raisedAt) || a.number - b.number

/** Whether the first in line `a` comes before the first in line `b`. */
function goesFirst<H extends Queued>(a: Line<H>, b: Line<H>, { at }: Served): boolean {
  if (a.turns !== b.turns) return a.turns < b.turns
  for (const [index, level] of a.levels.entries()) {
    const difference = (at.get(level) ?? 0) - (at.get(b.levels[index] ?? '') ?? 0)
    if (difference !== 0) return difference < 0
  }
  const [first, second] = [a.hands[a.next], b.hands[b.next]]
  return first !== undefined && second !== undefined && byRaising(first, second) < 0
}

function linesOf<H extends Queued>(waiting: readonly H[]): Line<H>[] {
  // Not by Map.groupBy, which phones of a few years ago do not have.
  const lines = new Map<string, H[]>()
  for (const hand of waiting) {
    const key = `${hand.turns} ${levels(hand)[2]}`
    const line = lines.get(key)
    if (line) line.push(hand)
    else lines.set(key, [hand])
  }
  return [...lines.values()].flatMap((hands) => {
    const [first] = hands
    return first ? [{ turns: first.turns, levels: levels(first), hands: hands.toSorted(byRaising), next: 0 }] : []
  })
}

/**
 * The order in which hands are called, which everybody sees and anybody can work out again. Who has spoken less often comes first. Among those the tables take turns, the one that has waited
 * longest first; at each table hall and home take turns while both wait; in each of those the topics take turns; and then whoever raised their hand earlier goes first.
 * @param hands all hands of the session, in any order: those that were called say who had a turn
 * @param tableId only the queue of one table, in the same order as in the whole; left out: the whole queue
 * @returns those who wait, the next one first
 */
export function queueOf<H extends Queued>(hands: Iterable<H>, tableId?: string | null): H[] {
  const all = [...hands].filter((hand) => tableId === undefined || hand.tableId === tableId)
  const served: Served = { at: new Map(), turns: 0 }
  const called = all.filter((hand) => hand.calledAt !== null && hand.state !== 'waiting' && hand.state !== 'lowered')
  for (const hand of called.toSorted((a, b) => compare(a.calledAt ?? '', b.calledAt ?? '') || a.number - b.number)) serve(served, levels(hand))

  const lines = linesOf(all.filter(({ state }) => state === 'waiting'))
  const queue: H[] = []
  for (;;) {
    const [first, ...others] = lines.filter((line) => line.next < line.hands.length)
    if (!first) return queue
    const line = others.reduce((best, other) => (goesFirst(other, best, served) ? other : best), first)
    const hand = line.hands[line.next++]
    if (!hand) return queue
    queue.push(hand)
    serve(served, line.levels)
  }
}

/** Whether calling this hand keeps the order: it is the next of all, or of its table. */
export function isItsTurn<H extends Queued>(hands: readonly H[], hand: H): boolean {
  return queueOf(hands)[0]?.id === hand.id || (hand.tableId !== null && queueOf(hands, hand.tableId)[0]?.id === hand.id)
}
