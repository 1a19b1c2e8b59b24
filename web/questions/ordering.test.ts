import { describe, expect, it } from 'vitest'
import type { PublicQuestion, QuestionState } from '../../shared/questions.ts'
import { LIST_TABS, countTabs, currentQuestion, questionsFor } from './ordering.ts'

function question(number: number, state: QuestionState, extra: Partial<PublicQuestion> = {}): PublicQuestion {
  return {
    id: `q${number}`,
    number,
    text: `text ${number}`,
    name: null,
    state,
    votes: 0,
    submittedAt: '2026-11-22T01:00:00.000Z',
    askedAt: null,
    answeredAt: null,
    edited: false,
    version: 1,
    ...extra,
  }
}

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
    expect(numbers(questionsFor('hot', all))).toEqual([3, 1, 5])
  })

  it('lists everything public by arrival, without the one on air', () => {
    expect(numbers(questionsFor('newest', all))).toEqual([6, 5, 3, 2, 1])
  })

  it('lists the latest answer first', () => {
    expect(numbers(questionsFor('answered', all))).toEqual([6, 2])
  })

  it('has as many entries as its tab says', () => {
    for (const tab of LIST_TABS) expect(countTabs(all)[tab]).toBe(questionsFor(tab, all).length)
  })

  it('leaves the given order alone', () => {
    questionsFor('hot', all)
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
