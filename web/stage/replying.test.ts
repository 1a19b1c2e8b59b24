import { describe, expect, it } from 'vitest'
import { question } from '../sessions/fixtures.test-support.ts'
import { guestQuestions } from './replying.ts'

const answer = (guestId: string | null, at: string) => ({ text: '明年三月。', guestId, name: '', post: '', at })
const all = [
  question(1, { votes: 1, guestId: 'g1' }),
  question(2, { votes: 9, guestId: 'g1' }),
  question(3, { votes: 5 }),
  question(4, { guestId: 'g2' }),
  question(5, { state: 'answered', answer: answer('g1', '2026-11-22T01:00:00.000Z') }),
  question(6, { state: 'answered', answer: answer('g1', '2026-11-22T02:00:00.000Z') }),
  question(7, { state: 'answered', answer: answer(null, '2026-11-22T02:00:00.000Z') }),
  question(8, { state: 'answered' }),
]
const numbers = (guestId: string | null) => Object.fromEntries(Object.entries(guestQuestions(all, guestId)).map(([name, list]) => [name, list.map(({ number }) => number)]))

describe('the questions of a guest', () => {
  it('are those assigned to them, those of nobody, and those they answered in writing', () => {
    expect(numbers('g1')).toEqual({ mine: [2, 1], waiting: [3], replied: [6, 5] })
  })
  it('are all that wait, for a host', () => {
    expect(numbers(null)).toEqual({ mine: [], waiting: [2, 3, 1, 4], replied: [7] })
  })
})
