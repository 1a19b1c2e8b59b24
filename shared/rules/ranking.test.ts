import { expect, test } from 'vitest'
import { compareQuestions } from './ranking.ts'
import type { Order } from './ranking.ts'

const questions = [
  { id: 'a', number: 1, votes: 2 },
  { id: 'b', number: 2, votes: 5 },
  { id: 'c', number: 3, votes: 2 },
]

test.each<[Order, string]>([
  ['votes', 'bac'],
  ['newest', 'cba'],
  ['oldest', 'abc'],
])('by %s', (order, expected) => {
  const sorted = (list: typeof questions) =>
    list
      .toSorted(compareQuestions(order))
      .map(({ id }) => id)
      .join('')
  expect(sorted(questions)).toBe(expected)
  expect(sorted(questions.toReversed())).toBe(expected)
})
