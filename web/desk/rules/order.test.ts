import { expect, it } from 'vitest'
import { orderApproved, suggest } from './order.ts'
import { aQuestion } from './testing.ts'

const now = Date.parse('2026-11-22T03:00:00.000Z')
const approved = (number: number, votes: number, over = {}) => aQuestion({ number, votes, state: 'approved', publicAt: '2026-11-22T02:00:00.000Z', ...over })
const rule = { top: 5, perTopic: 1, correctEarly: false }
const numbers = (questions: { number: number }[]) => questions.map(({ number }) => number)

it('puts the topic first that had no turn, and says so', () => {
  const taken = [aQuestion({ number: 9, state: 'answered', topicId: 'roads' })]
  const waiting = [approved(1, 30, { topicId: 'roads' }), approved(2, 20, { topicId: 'roads' }), approved(3, 4, { topicId: 'water' })]
  const { questions, why } = suggest(waiting, taken, rule, now)
  expect(numbers(questions)).toEqual([3, 1, 2])
  expect(Object.fromEntries(why)).toEqual({ q3: 'topic', q1: 'votes', q2: 'votes' })
})

it('says where the early-bird correction decided', () => {
  const waiting = [approved(1, 30, { publicAt: '2026-11-21T03:00:00.000Z' }), approved(2, 20, { publicAt: '2026-11-22T02:50:00.000Z' })]
  expect(numbers(suggest(waiting, [], rule, now).questions)).toEqual([1, 2])
  const { questions, why } = suggest(waiting, [], { ...rule, correctEarly: true }, now)
  expect(numbers(questions)).toEqual([2, 1])
  expect(why.get('q2')).toBe('early')
})

it('orders by votes and by age besides', () => {
  const waiting = [approved(1, 1), approved(2, 5)]
  expect(numbers(orderApproved('votes', waiting, [], null, now))).toEqual([2, 1])
  expect(numbers(orderApproved('oldest', waiting, [], null, now))).toEqual([1, 2])
  expect(numbers(orderApproved('suggested', waiting, [], null, now))).toEqual([2, 1])
})
