import { describe, expect, it } from 'vitest'
import type { PublicQuestion, QuestionState } from '../../shared/questions.ts'
import { question as fixture } from '../sessions/fixtures.test-support.ts'
import { LIST_TABS, countTabs, currentQuestion, questionsFor, tabsFor } from './ordering.ts'

const question = (number: number, state: QuestionState, extra: Partial<PublicQuestion> = {}): PublicQuestion => fixture(number, { state, ...extra })

const NOON = Date.parse('2026-11-22T04:00:00.000Z')

const numbers = (list: PublicQuestion[]) => list.map((entry) => entry.number)

describe('questionsFor', () => {
  const all = [
    question(1, 'approved', { votes: 3 }),
    question(2, 'answered', { votes: 90, answeredAt: '2026-11-22T01:10:00.000Z' }),
    question(3, 'approved', { votes: 8 }),
    question(4, 'asking', { votes: 40 }),
    question(5, 'approved', { votes: 3 }),
    question(6, 'answered', { votes: 1, answeredAt: '2026-11-22T01:20:00.000Z' }),
  ]

  it('ranks open questions by votes, ties to the earlier one', () => {
    expect(numbers(questionsFor('hot', all, NOON))).toEqual([3, 1, 5])
  })

  it('lists everything public by arrival, without the one on air', () => {
    expect(numbers(questionsFor('newest', all, NOON))).toEqual([6, 5, 3, 2, 1])
  })

  it('lists the latest answer first', () => {
    expect(numbers(questionsFor('answered', all, NOON))).toEqual([6, 2])
  })

  it('weighs votes by the time they could be given in, where that is promised', () => {
    const early = question(1, 'approved', { votes: 10, publicAt: '2026-11-22T00:00:00.000Z' })
    const late = question(2, 'approved', { votes: 6, publicAt: '2026-11-22T03:50:00.000Z' })
    expect(numbers(questionsFor('hot', [late, early], NOON))).toEqual([1, 2])
    expect(numbers(questionsFor('fair', [late, early], NOON))).toEqual([2, 1])
    expect(tabsFor(null)).not.toContain('fair')
    expect(tabsFor({ top: 0, perTopic: 0, correctEarly: true })).toContain('fair')
  })

  it('has as many entries as its tab says', () => {
    for (const tab of LIST_TABS) expect(countTabs(all)[tab]).toBe(questionsFor(tab, all, NOON).length)
  })

  it('leaves the given order alone', () => {
    questionsFor('hot', all, NOON)
    expect(numbers(all)).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('currentQuestion', () => {
  it('is null when nothing is on air', () => {
    expect(currentQuestion([question(1, 'approved')])).toBeNull()
  })

  it('is the one put on air last', () => {
    const earlier = question(1, 'asking', { askedAt: '2026-11-22T01:00:00.000Z' })
    const later = question(2, 'asking', { askedAt: '2026-11-22T01:05:00.000Z' })
    expect(currentQuestion([later, earlier])?.number).toBe(2)
  })
})
