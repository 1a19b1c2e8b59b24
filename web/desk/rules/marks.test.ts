import { expect, it } from 'vitest'
import { keepMarks, markAll, markRange, toggleMark } from './marks.ts'
import type { Marks } from './marks.ts'

const board = { pending: ['a', 'b', 'c', 'd'], approved: ['x', 'y'], asking: [], answered: [], declined: [] }
const ids = (marks: Marks) => [...(marks?.ids ?? [])]

it('marks and unmarks one, and begins anew in another column', () => {
  const one = toggleMark(null, 'pending', 'b')
  const two = toggleMark(one, 'pending', 'd')
  expect(ids(two)).toEqual(['b', 'd'])
  expect(ids(toggleMark(two, 'pending', 'b'))).toEqual(['d'])
  expect(toggleMark(one, 'pending', 'b')).toBeNull()
  expect(toggleMark(two, 'approved', 'x')).toEqual({ column: 'approved', ids: new Set(['x']), anchor: 'x' })
})

it('marks a range in either direction, up to the most', () => {
  const from = toggleMark(null, 'pending', 'c')
  expect(ids(markRange(from, board, 'pending', 'a', 200)).sort()).toEqual(['a', 'b', 'c'])
  expect(ids(markRange(from, board, 'pending', 'd', 200))).toEqual(['c', 'd'])
  expect(ids(markRange(from, board, 'pending', 'a', 2))).toHaveLength(2)
  expect(ids(markRange(null, board, 'pending', 'b', 200))).toEqual(['b'])
  expect(ids(markRange(from, board, 'approved', 'y', 200))).toEqual(['y'])
})

it('marks all that is shown, and lets go what no longer is', () => {
  const all = markAll(board, 'pending', 3)
  expect(ids(all)).toEqual(['a', 'b', 'c'])
  expect(markAll(board, 'asking', 3)).toBeNull()
  expect(keepMarks(all, board)).toBe(all)
  expect(keepMarks(all, { ...board, pending: ['b', 'c'] })).toEqual({ column: 'pending', ids: new Set(['b', 'c']), anchor: 'b' })
  expect(keepMarks(all, { ...board, pending: [] })).toBeNull()
})
