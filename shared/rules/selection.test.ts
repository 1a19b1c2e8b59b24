import { describe, expect, it } from 'vitest'
import type { Candidate } from './selection.ts'
import { judgeRule, score, suggestOrder } from './selection.ts'

const now = Date.parse('2026-11-22T03:00:00.000Z')
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString()
const candidate = (number: number, over: Partial<Candidate> = {}): Candidate => ({ id: `q${number}`, number, state: 'approved', votes: 0, publicAt: minutesAgo(60), askedAt: null, answeredAt: null, topicId: null, ...over })
const numbers = (questions: readonly Candidate[]) => questions.map(({ number }) => number)

describe('score', () => {
  it('is the votes, unless corrected by the time they could be given in', () => {
    const early = candidate(1, { votes: 40, publicAt: minutesAgo(160) })
    expect(score(early, false, now)).toBe(40)
    expect(score(early, true, now)).toBe(10)
    expect(score({ ...early, askedAt: minutesAgo(120) }, true, now)).toBe(20)
  })

  it('counts ten minutes at least, so that a single vote does not lead', () => {
    expect(score(candidate(1, { votes: 1, publicAt: minutesAgo(0) }), true, now)).toBe(1)
  })
})

describe('judgeRule', () => {
  const rule = { top: 2, perTopic: 1, correctEarly: false }
  const candidates = [candidate(1, { votes: 9, state: 'answered', topicId: 'a' }), candidate(2, { votes: 5, state: 'declined' }), candidate(3, { votes: 1, topicId: 'b' })]

  it('leaves the order open until the end, and then says whether it was kept', () => {
    expect(judgeRule(rule, ['a', 'b'], candidates, now, false).top).toEqual({
      kept: null,
      items: [
        { number: 1, votes: 9, fate: 'answered' },
        { number: 2, votes: 5, fate: 'declined' },
      ],
    })
    expect(judgeRule(rule, [], candidates, now, true).top?.kept).toBe(true)
    expect(judgeRule({ ...rule, top: 3 }, [], candidates, now, true).top?.kept).toBe(false)
  })

  it('lets ties fall to the earlier question, and leaves out what nobody voted for', () => {
    const tied = [candidate(4, { votes: 3 }), candidate(2, { votes: 3, state: 'answered' }), candidate(7, { votes: 3 }), candidate(1)]
    expect(judgeRule({ ...rule, top: 2 }, [], tied, now, true).top?.items.map(({ number }) => number)).toEqual([2, 4])
    expect(judgeRule({ ...rule, top: 1 }, [], tied, now, true).top?.kept).toBe(true)
    expect(judgeRule({ ...rule, top: 9 }, [], tied, now, false).top?.items).toHaveLength(3)
    expect(judgeRule(rule, [], [candidate(1)], now, true).top).toEqual({ kept: true, items: [] })
  })

  it('weighs votes by time where that was promised', () => {
    const both = [candidate(1, { votes: 40, publicAt: minutesAgo(160) }), candidate(2, { votes: 20, publicAt: minutesAgo(10) })]
    const first = (correctEarly: boolean) => judgeRule({ top: 1, perTopic: 0, correctEarly }, [], both, now, false).top?.items[0]?.number
    expect([first(false), first(true)]).toEqual([1, 2])
  })

  it('asks of each topic what it can give', () => {
    expect(judgeRule(rule, ['a', 'b', 'c'], candidates, now, false).topics).toEqual({
      kept: null,
      items: [
        { topicId: 'a', answered: 1, needed: 1 },
        { topicId: 'b', answered: 0, needed: 1 },
        { topicId: 'c', answered: 0, needed: 0 },
      ],
    })
    expect(judgeRule(rule, ['a', 'b'], candidates, now, true).topics?.kept).toBe(false)
    expect(judgeRule(rule, ['a'], candidates, now, false).topics?.kept).toBe(true)
  })

  it('promises nothing by a part that is zero', () => {
    expect(judgeRule({ top: 0, perTopic: 0, correctEarly: false }, ['a'], candidates, now, true)).toMatchObject({ top: null, topics: null })
  })
})

describe('suggestOrder', () => {
  it('gives topics turns, those least answered first, and within each the strongest', () => {
    const waiting = [candidate(1, { votes: 9, topicId: 'a' }), candidate(2, { votes: 8, topicId: 'a' }), candidate(3, { votes: 7, topicId: 'b' }), candidate(4, { votes: 6, topicId: 'b' }), candidate(5, { votes: 1, topicId: 'c' })]
    expect(numbers(suggestOrder(waiting, [candidate(9, { topicId: 'a' })], false, now))).toEqual([3, 5, 1, 4, 2])
    expect(numbers(suggestOrder(waiting, [], false, now))).toEqual([1, 3, 5, 2, 4])
  })

  it('is plainly by votes without topics, ties to the earlier', () => {
    expect(numbers(suggestOrder([candidate(2, { votes: 3 }), candidate(1, { votes: 3 }), candidate(3, { votes: 4 })], [], false, now))).toEqual([3, 1, 2])
  })
})
