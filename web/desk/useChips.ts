import { computed } from 'vue'
import type { DeskQuestion } from '../../shared/questions.ts'
import { chipsOf } from './rules/chips.ts'
import type { Chip } from './rules/chips.ts'
import type { Column } from './rules/columns.ts'
import { suggest } from './rules/order.ts'
import type { Why } from './rules/order.ts'
import { useDesk } from './useDesk.ts'

const NO_REASONS: ReadonlyMap<string, Why> = new Map()

/** What stands on a card besides its text. The same list as before while nothing of it changed, so that the card is not drawn anew. */
export function useChips(column: () => Column): (question: DeskQuestion) => readonly Chip[] {
  const desk = useDesk()
  const why = computed(() => {
    if (column() !== 'approved' || desk.order.value !== 'suggested') return NO_REASONS
    const { approved, asking, answered } = desk.board.columns.value
    return suggest(approved, [...asking, ...answered], desk.rule.value, desk.now.value).why
  })
  const known = new WeakMap<DeskQuestion, { key: string; chips: readonly Chip[] }>()

  return (question) => {
    const session = desk.state().session
    const flagged = desk.filter.flagged.value.has(question.id)
    const reason = why.value.get(question.id) ?? null
    const key = `${session.version} ${flagged} ${reason}`
    const before = known.get(question)
    if (before?.key === key) return before.chips
    const chips = chipsOf(question, session, flagged, reason)
    known.set(question, { key, chips })
    return chips
  }
}
