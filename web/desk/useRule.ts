import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { judgeRule } from '../../shared/rules/selection.ts'
import type { RuleVerdict, SelectionRule } from '../../shared/rules/selection.ts'
import { COLUMNS } from './rules/columns.ts'
import { useDesk } from './useDesk.ts'

/** How the host's promise stands, as everybody will be shown it. */
export function useRule(rule: () => SelectionRule): ComputedRef<RuleVerdict> {
  const desk = useDesk()
  return computed(() => {
    const { settings, endedAt } = desk.state().session
    const candidates = COLUMNS.flatMap((column) => desk.board.columns.value[column]).filter(({ publicAt }) => publicAt !== null)
    const now = endedAt === null ? desk.now.value : Date.parse(endedAt)
    return judgeRule(rule(), settings.topics.map(({ id }) => id), candidates, now, endedAt !== null)
  })
}
