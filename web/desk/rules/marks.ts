import type { Board } from './selection.ts'
import type { Column } from './columns.ts'

/** Questions marked for doing the same with all of them: in one column, so that what may be done is plain. `anchor`: from where a range goes. */
export type Marks = { column: Column; ids: ReadonlySet<string>; anchor: string } | null

/** With `id` marked, or not any more. A mark in another column starts anew there. */
export function toggleMark(marks: Marks, column: Column, id: string): Marks {
  if (marks?.column !== column) return { column, ids: new Set([id]), anchor: id }
  const ids = new Set(marks.ids)
  if (!ids.delete(id)) ids.add(id)
  return ids.size === 0 ? null : { column, ids, anchor: id }
}

/** With everything from the anchor up to `id` marked, in the order of the column; without an anchor there, `id` alone. */
export function markRange(marks: Marks, board: Board, column: Column, id: string, most: number): Marks {
  const shown = board[column]
  const from = marks?.column === column ? shown.indexOf(marks.anchor) : -1
  const to = shown.indexOf(id)
  if (!marks || from < 0 || to < 0) return toggleMark(null, column, id)
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { column, ids: new Set([...marks.ids, ...range].slice(0, most)), anchor: marks.anchor }
}

/** With all that is shown in the column marked, up to `most`. */
export function markAll(board: Board, column: Column, most: number): Marks {
  const ids = board[column].slice(0, most)
  const [anchor] = ids
  return anchor === undefined ? null : { column, ids: new Set(ids), anchor }
}

/** Without what has left the column or is filtered out: nobody acts on what they do not see. */
export function keepMarks(marks: Marks, board: Board): Marks {
  if (!marks) return null
  const shown = new Set(board[marks.column])
  const ids = [...marks.ids].filter((id) => shown.has(id))
  if (ids.length === marks.ids.size) return marks
  const [first] = ids
  return first === undefined ? null : { column: marks.column, ids: new Set(ids), anchor: shown.has(marks.anchor) ? marks.anchor : first }
}
