import { nextTick, readonly, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Column } from './rules/columns.ts'
import { keepSelection, moveInColumn, moveToColumn } from './rules/selection.ts'
import type { Board, Selection } from './rules/selection.ts'

/** The element id of a question's card. */
export const cardElementId = (questionId: string): string => `desk-card-${questionId}`

/** No card has this id. */
const NO_CARD = ''

function focusCard(id: string, block: 'nearest' | 'start') {
  const element = document.getElementById(cardElementId(id))
  element?.focus({ preventScroll: true })
  element?.scrollIntoView({ block })
}

/** Which card is selected, with the keyboard's focus following it. `onMove`: the person moved on within or from this column. */
export function useSelection(board: ComputedRef<Board>, onMove: (column: Column) => void) {
  const selection = shallowRef<Selection | null>(null)
  /** The card last selected in each column, to come back to. */
  const last: Partial<Record<Column, string>> = {}
  /** Where the person works, also after the last card has left this column. */
  let column: Column | null = null

  function select(next: Selection | null) {
    selection.value = next
    if (!next) return
    last[next.column] = next.id
    column = next.column
  }

  /** From where the next step goes: the selected card, or the place in an empty column where it was. */
  const place = (): Selection | null => selection.value ?? (column ? { column, id: NO_CARD } : null)

  /** Focuses the selected card once it is drawn; `start` shows it at the top, with what follows. */
  async function focus(block: 'nearest' | 'start' = 'nearest') {
    await nextTick()
    if (selection.value) focusCard(selection.value.id, block)
  }

  function go(next: Selection | null) {
    if (selection.value) onMove(selection.value.column)
    select(next?.id === NO_CARD ? null : next)
    void focus()
  }

  // Before the lists are redrawn, while it can still be seen whether the focus is on the card that leaves.
  watch(board, (after, before) => {
    const current = selection.value
    const next = keepSelection(before, after, current)
    if (!current || next?.id === current.id) return
    const focused = document.getElementById(cardElementId(current.id))?.contains(document.activeElement) === true
    select(next)
    if (focused) void focus()
  })

  return {
    selection: readonly(selection),
    select,
    focus,
    next: () => go(moveInColumn(board.value, place(), 1)),
    previous: () => go(moveInColumn(board.value, place(), -1)),
    first: () => go(moveInColumn(board.value, place(), -Infinity)),
    last: () => go(moveInColumn(board.value, place(), Infinity)),
    left: () => go(moveToColumn(board.value, place(), -1, last)),
    right: () => go(moveToColumn(board.value, place(), 1, last)),
  }
}
