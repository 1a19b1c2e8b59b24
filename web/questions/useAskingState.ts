import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useServerNow } from '../sessions/useServerNow.ts'
import type { SessionState } from '../sessions/useSession.ts'
import { askingState } from './asking.ts'
import type { AskingState } from './asking.ts'
import { lastAskedAt } from './thread.ts'

/** How questions are taken right now from this visitor. Another object only when something changed, though time goes on. */
export function useAskingState(state: () => SessionState): ComputedRef<AskingState> {
  const now = useServerNow(() => state().serverNow)
  const lastAt = computed(() => lastAskedAt(state().own.values()))
  return computed((before?: AskingState) => {
    const next = askingState(state().session, lastAt.value, now.value)
    return before && JSON.stringify(before) === JSON.stringify(next) ? before : next
  })
}
