import { computed, reactive, toRefs } from 'vue'
import type { VoteFlag } from '../../shared/moderation.ts'
import type { DeskQuestion } from '../../shared/questions.ts'
import { NO_FILTER, activeParts, flaggedIds, matches, passes, searchWords } from './rules/filter.ts'
import type { Filter, FilterFacts } from './rules/filter.ts'
import type { Clock } from './rules/waiting.ts'

/** What the desk is filtered by, with the question of whether something passes. */
export function useFilter(clock: () => Clock, flags: () => readonly VoteFlag[]) {
  const filter = reactive<Filter>({ ...NO_FILTER })
  const flagged = computed(() => flaggedIds(flags()))
  const facts = (): FilterFacts => ({ flagged: flagged.value, clock: clock() })

  const pass = computed(() => {
    const { query, ...facets } = { ...filter }
    const words = searchWords(query)
    // Only what depends on the clock is looked at anew with it.
    const known = facets.situation === null ? { flagged: flagged.value, clock: { now: 0, phase: 'announced' as const, wentLiveAt: null } } : facts()
    return (question: DeskQuestion) => passes(question, facets, known) && matches(question, words)
  })

  return {
    ...toRefs(filter),
    flagged,
    facts,
    pass,
    active: computed(() => activeParts(filter)),
    /** Shows only what has waited long. */
    showLate: () => Object.assign(filter, { ...NO_FILTER, situation: 'late' }),
    clear: () => Object.assign(filter, NO_FILTER),
  }
}

