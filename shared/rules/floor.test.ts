import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HandState, PublicHand } from '../floor.ts'
import { handStateSchema } from '../floor.ts'
import { isItsTurn, queueOf } from './floor.ts'

type Hand = Pick<PublicHand, 'id' | 'number' | 'place' | 'topicId' | 'tableId' | 'state' | 'turns' | 'raisedAt' | 'calledAt'>

const START = Date.parse('2026-11-22T01:30:00.000Z')
const at = (second: number) => new Date(START + second * 1_000).toISOString()

const drawn = fc.record({
  place: fc.constantFrom('hall' as const, 'home' as const),
  topicId: fc.constantFrom(null, 'roads', 'housing'),
  tableId: fc.constantFrom(null, 'one', 'two'),
  turns: fc.constantFrom(0, 0, 0, 1, 2),
  // Most of them wait: the queue is what this is about.
  state: fc.constantFrom<HandState>(...Array<HandState>(12).fill('waiting'), ...handStateSchema.options),
  /** Some raise theirs at the same moment; the number then tells. */
  raised: fc.nat(20),
  called: fc.nat(1_000),
})

/** Hands of one session, as they may stand. Numbers follow the order of raising, as the server gives them. */
const hands: fc.Arbitrary<Hand[]> = fc.array(drawn, { maxLength: 30 }).map((some) =>
  some
    .toSorted((a, b) => a.raised - b.raised)
    .map(({ raised, called, ...hand }, index) => ({
      ...hand,
      id: `hand-${index}`,
      number: index + 1,
      raisedAt: at(raised),
      calledAt: hand.state === 'waiting' || hand.state === 'lowered' ? null : at(100 + called),
    })),
)
const waitingOnly = hands.map((some) => some.map((hand): Hand => ({ ...hand, state: 'waiting', calledAt: null })))
const ids = (some: readonly Hand[]) => some.map(({ id }) => id)
const waiting = (some: readonly Hand[]) => some.filter(({ state }) => state === 'waiting')
/** Called at `second`, after all that were called before. */
const called = (some: readonly Hand[], id: string, second: number) => some.map((hand): Hand => (hand.id === id ? { ...hand, state: 'invited', calledAt: at(second) } : hand))
const sameLine = (a: Hand, b: Hand) => a.turns === b.turns && a.tableId === b.tableId && a.place === b.place && a.topicId === b.topicId

const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void) => fc.assert(fc.property(arbitrary, (value) => void check(value)), { numRuns: 500 })

describe('the order in which hands are called', () => {
  test('holds everybody who waits once, and nobody else', () => {
    holds(hands, (some) => expect(ids(queueOf(some)).toSorted()).toEqual(ids(waiting(some)).toSorted()))
  })

  test('is the same for whoever works it out, in whatever order they heard of the hands', () => {
    holds(
      hands.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
      ([some, shuffled]) => expect(ids(queueOf(shuffled))).toEqual(ids(queueOf(some))),
    )
  })

  test('puts those who have spoken less often before the others', () => {
    holds(hands, (some) => {
      const turns = queueOf(some).map((hand) => hand.turns)
      expect(turns).toEqual(turns.toSorted((a, b) => a - b))
    })
  })

  test('lets hall and home take turns while both wait, at each table', () => {
    holds(hands, (some) => {
      const queue = queueOf(some)
      for (const [index, hand] of queue.entries()) {
        const alike = (other: Hand) => other.turns === hand.turns && other.tableId === hand.tableId
        const next = queue.slice(index + 1).find(alike)
        const otherPlaceWaits = queue.slice(index + 1).some((other) => alike(other) && other.place !== hand.place)
        if (next && otherPlaceWaits) expect(next.place).not.toBe(hand.place)
      }
    })
  })

  test('gives every table its turn before any has a second one', () => {
    holds(waitingOnly, (some) => {
      for (const tier of Map.groupBy(queueOf(some), ({ turns }) => turns).values()) {
        const tables = new Set(tier.map(({ tableId }) => tableId))
        expect(new Set(tier.slice(0, tables.size).map(({ tableId }) => tableId))).toEqual(tables)
      }
    })
  })

  test('hears every topic before any is heard twice, at each table and place', () => {
    holds(waitingOnly, (some) => {
      const lines = Map.groupBy(queueOf(some), ({ turns, tableId, place }) => `${turns} ${tableId} ${place}`)
      for (const line of lines.values()) {
        const topics = new Set(line.map(({ topicId }) => topicId))
        expect(new Set(line.slice(0, topics.size).map(({ topicId }) => topicId))).toEqual(topics)
      }
    })
  })

  test('keeps the order of raising among those whom nothing else tells apart', () => {
    holds(hands, (some) => {
      const queue = queueOf(some)
      for (const [index, hand] of queue.entries()) for (const later of queue.slice(index + 1)) if (sameLine(hand, later)) expect(hand.number).toBeLessThan(later.number)
    })
  })

  test('is the same at a table as in the whole', () => {
    holds(hands, (some) => {
      for (const tableId of [null, 'one', 'two']) expect(ids(queueOf(some, tableId))).toEqual(ids(queueOf(some).filter((hand) => hand.tableId === tableId)))
    })
  })

  test('does not change for the others when the next one is called', () => {
    holds(hands, (some) => {
      let standing = some
      let second = 10_000
      for (let queue = queueOf(standing); queue[0]; queue = queueOf(standing)) {
        expect(isItsTurn(standing, queue[0])).toBe(true)
        standing = called(standing, queue[0].id, second++)
        expect(ids(queueOf(standing))).toEqual(ids(queue.slice(1)))
      }
      expect(waiting(standing)).toEqual([])
    })
  })

  test('does not change for those ahead of somebody who leaves, nor among those in the same line', () => {
    holds(
      hands.filter((some) => waiting(some).length > 0).chain((some) => fc.tuple(fc.constant(some), fc.constantFrom(...waiting(some)))),
      ([some, leaving]) => {
        const before = queueOf(some)
        const after = queueOf(some.map((hand): Hand => (hand.id === leaving.id ? { ...hand, state: 'lowered' } : hand)))
        const ahead = before.findIndex(({ id }) => id === leaving.id)
        expect(ids(after.slice(0, ahead))).toEqual(ids(before.slice(0, ahead)))
        for (const hand of before) if (hand.id !== leaving.id) expect(ids(after.filter((other) => sameLine(other, hand)))).toEqual(ids(before.filter((other) => sameLine(other, hand) && other.id !== leaving.id)))
      },
    )
  })

  test('lets nobody wait for ever, whoever comes after them: between two in the same line the others have one turn each at most', () => {
    // Three tables, two places, three topics: a line is served again after one turn of each other table, place and topic.
    const most = 3 * 2 * 3
    holds(waitingOnly, (some) => {
      const firsts = some.map((hand) => ({ ...hand, turns: 0 }))
      const queue = queueOf(firsts)
      for (const hand of firsts) {
        const ahead = firsts.filter((other) => sameLine(other, hand) && other.number < hand.number).length
        expect(ids(queue).indexOf(hand.id)).toBeLessThan((ahead + 1) * most)
      }
    })
  })
})

describe('whose turn it is', () => {
  const hand = (number: number, over: Partial<Hand> = {}): Hand => ({ id: `${number}`, number, place: 'home', topicId: null, tableId: null, state: 'waiting', turns: 0, raisedAt: at(number), calledAt: null, ...over })

  test('is that of the next one of all, and of the next one of each table', () => {
    const some = [hand(1, { tableId: 'one' }), hand(2, { tableId: 'one' }), hand(3, { tableId: 'two' }), hand(4, { tableId: 'two' }), hand(5)]
    expect(some.filter((one) => isItsTurn(some, one)).map(({ number }) => number)).toEqual([1, 3])
  })

  test('is not that of somebody who was called already', () => {
    const some = [hand(1, { state: 'backstage', calledAt: at(60) }), hand(2)]
    expect(some.map((one) => isItsTurn(some, one))).toEqual([false, true])
  })

  test('comes to the hall after home, to a table that waits after one that had its turn, and to a newcomer before all', () => {
    const spoken = hand(1, { state: 'spoke', calledAt: at(60), tableId: 'one' })
    const some = [spoken, hand(2, { tableId: 'one' }), hand(3, { tableId: 'one', place: 'hall' }), hand(4, { tableId: 'two', turns: 1 }), hand(5, { tableId: 'two' })]
    expect(queueOf(some).map(({ number }) => number)).toEqual([5, 3, 2, 4])
  })
})
