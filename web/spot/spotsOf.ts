import { computed, inject, provide } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import type { SpotRecord } from '../../shared/spot.ts'

type ByQuestion = ComputedRef<ReadonlyMap<string | null, readonly SpotRecord[]>>
const key: InjectionKey<ByQuestion> = Symbol('spots')

/** Gives the page's parts what was recorded on the spot; call in the page's `setup`. */
export function provideSpots(spots: () => ReadonlyMap<string, SpotRecord>): void {
  provide(
    key,
    computed(() => Map.groupBy([...spots().values()].sort((a, b) => a.number - b.number), ({ questionId }) => questionId)),
  )
}

/** What was recorded about a question, in order of number; undefined: nothing. Call in `setup`. */
export function useSpotsOf(questionId: () => string): ComputedRef<readonly SpotRecord[] | undefined> {
  const spots = inject(key, null)
  return computed(() => spots?.value.get(questionId()))
}
