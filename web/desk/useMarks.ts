import { computed, readonly, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { LIMITS } from '../../shared/limits.ts'
import type { Column } from './rules/columns.ts'
import { keepMarks, markAll, markRange, toggleMark } from './rules/marks.ts'
import type { Marks } from './rules/marks.ts'
import type { Board } from './rules/selection.ts'

const NOTHING: ReadonlySet<string> = new Set()

/** Which questions are marked for doing the same with all of them. */
export function useMarks(board: ComputedRef<Board>) {
  const marks = shallowRef<Marks>(null)
  watch(board, (now) => (marks.value = keepMarks(marks.value, now)))
  return {
    marks: readonly(marks),
    ids: computed(() => marks.value?.ids ?? NOTHING),
    /** Marks one or lets it go; with `range` everything since the last one. */
    toggle(column: Column, id: string, range: boolean) {
      marks.value = range ? markRange(marks.value, board.value, column, id, LIMITS.bulkQuestions) : toggleMark(marks.value, column, id)
    },
    all(column: Column) {
      marks.value = markAll(board.value, column, LIMITS.bulkQuestions)
    },
    clear() {
      marks.value = null
    },
  }
}
