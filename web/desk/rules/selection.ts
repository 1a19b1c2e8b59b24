import { COLUMNS } from './columns.ts'
import type { Column } from './columns.ts'

/** Ids that can be selected, as they stand on the screen. */
export type Board = Record<Column, readonly string[]>
export type Selection = { column: Column; id: string }

const at = (board: Board, column: Column, index: number): Selection | null => {
  const id = board[column][index]
  return id === undefined ? null : { column, id }
}

/** The first card of the first column that has one. */
export function firstOf(board: Board): Selection | null {
  const column = COLUMNS.find((candidate) => board[candidate].length > 0)
  return column ? at(board, column, 0) : null
}

/** `by` cards further in the same column, stopping at its ends; without a selection the first card of the board. */
export function moveInColumn(board: Board, from: Selection | null, by: number): Selection | null {
  if (!from) return firstOf(board)
  const ids = board[from.column]
  const index = ids.indexOf(from.id)
  if (index < 0) return at(board, from.column, 0) ?? firstOf(board)
  return at(board, from.column, Math.min(ids.length - 1, Math.max(0, index + by)))
}

/** The next column in this direction that has cards, at the card last selected there or else its first. Stays when there is none. */
export function moveToColumn(board: Board, from: Selection | null, by: 1 | -1, last: Partial<Record<Column, string>>): Selection | null {
  if (!from) return firstOf(board)
  for (let index = COLUMNS.indexOf(from.column) + by; index >= 0 && index < COLUMNS.length; index += by) {
    const column = COLUMNS[index]
    if (!column || board[column].length === 0) continue
    const remembered = last[column]
    return remembered !== undefined && board[column].includes(remembered) ? { column, id: remembered } : at(board, column, 0)
  }
  return from
}

/**
 * What is selected after the lists changed: the same card while it stands there, else the one that came after it, else the one before. The selection never follows
 * a card to another column: the person goes on where they work.
 */
export function keepSelection(before: Board, after: Board, selection: Selection | null): Selection | null {
  if (!selection) return null
  const { column, id } = selection
  const left = new Set(after[column])
  if (left.has(id)) return selection
  const old = before[column]
  const index = old.indexOf(id)
  const next = old.slice(index + 1).find((candidate) => left.has(candidate)) ?? old.slice(0, Math.max(0, index)).findLast((candidate) => left.has(candidate)) ?? after[column][0]
  return next === undefined ? null : { column, id: next }
}
