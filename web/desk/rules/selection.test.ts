import { describe, expect, it } from 'vitest'
import { firstOf, keepSelection, moveInColumn, moveToColumn } from './selection.ts'
import type { Board } from './selection.ts'

const board: Board = { pending: ['a', 'b', 'c'], approved: [], asking: ['x'], answered: ['y', 'z'], declined: [] }
const empty: Board = { pending: [], approved: [], asking: [], answered: [], declined: [] }

describe('selection', () => {
  it('starts at the first card there is', () => {
    expect(firstOf(board)).toEqual({ column: 'pending', id: 'a' })
    expect(firstOf(empty)).toBeNull()
    expect(moveInColumn(board, null, 1)).toEqual({ column: 'pending', id: 'a' })
    expect(moveToColumn(board, null, 1, {})).toEqual({ column: 'pending', id: 'a' })
  })

  it('moves within a column and stops at its ends', () => {
    expect(moveInColumn(board, { column: 'pending', id: 'a' }, 1)?.id).toBe('b')
    expect(moveInColumn(board, { column: 'pending', id: 'c' }, 1)?.id).toBe('c')
    expect(moveInColumn(board, { column: 'pending', id: 'a' }, -1)?.id).toBe('a')
    expect(moveInColumn(board, { column: 'pending', id: 'a' }, Infinity)?.id).toBe('c')
    expect(moveInColumn(board, { column: 'pending', id: 'lost' }, 1)?.id).toBe('a')
    expect(moveInColumn(board, { column: 'approved', id: 'lost' }, 1)).toEqual({ column: 'pending', id: 'a' })
  })

  it('skips empty columns and comes back to the card it left', () => {
    expect(moveToColumn(board, { column: 'pending', id: 'b' }, 1, {})).toEqual({ column: 'asking', id: 'x' })
    expect(moveToColumn(board, { column: 'asking', id: 'x' }, -1, { pending: 'b' })).toEqual({ column: 'pending', id: 'b' })
    expect(moveToColumn(board, { column: 'asking', id: 'x' }, -1, { pending: 'lost' })).toEqual({ column: 'pending', id: 'a' })
    expect(moveToColumn(board, { column: 'answered', id: 'y' }, 1, {})).toEqual({ column: 'answered', id: 'y' })
  })

  it('goes on with the neighbour when the selected card leaves', () => {
    const without = (id: string): Board => ({ ...board, pending: board.pending.filter((other) => other !== id) })
    expect(keepSelection(board, without('a'), { column: 'pending', id: 'b' })?.id).toBe('b')
    expect(keepSelection(board, without('b'), { column: 'pending', id: 'b' })?.id).toBe('c')
    expect(keepSelection(board, without('c'), { column: 'pending', id: 'c' })?.id).toBe('b')
    expect(keepSelection(board, { ...board, pending: [] }, { column: 'pending', id: 'c' })).toBeNull()
    expect(keepSelection(board, { ...board, pending: ['n'] }, { column: 'pending', id: 'c' })?.id).toBe('n')
    expect(keepSelection(board, board, null)).toBeNull()
  })
})
