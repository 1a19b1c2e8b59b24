import { describe, expect, it } from 'vitest'
import { questionStateSchema } from '../../../shared/questions.ts'
import { columnOf, sortIntoColumns } from './columns.ts'
import { aQuestion } from './testing.ts'

describe('columns', () => {
  it('gives every state a column, or none when it has left the desk', () => {
    expect(Object.fromEntries(questionStateSchema.options.map((state) => [state, columnOf(state)]))).toEqual({
      pending: 'pending',
      approved: 'approved',
      asking: 'asking',
      answered: 'answered',
      declined: 'declined',
      merged: null,
      withdrawn: null,
    })
  })

  it('sorts each column as it is read', () => {
    const columns = sortIntoColumns([
      aQuestion({ number: 3 }),
      aQuestion({ number: 1 }),
      aQuestion({ number: 4, state: 'approved', votes: 2 }),
      aQuestion({ number: 5, state: 'approved', votes: 9 }),
      aQuestion({ number: 2, state: 'approved', votes: 2 }),
      aQuestion({ number: 6, state: 'answered', answeredAt: '2026-11-22T02:00:00.000Z' }),
      aQuestion({ number: 7, state: 'answered', answeredAt: '2026-11-22T02:10:00.000Z' }),
      aQuestion({ number: 8, state: 'declined' }),
      aQuestion({ number: 9, state: 'declined' }),
      aQuestion({ number: 10, state: 'withdrawn' }),
    ])
    const numbers = Object.fromEntries(Object.entries(columns).map(([column, questions]) => [column, questions.map((question) => question.number)]))
    expect(numbers).toEqual({ pending: [1, 3], approved: [5, 2, 4], asking: [], answered: [7, 6], declined: [9, 8] })
  })
})
