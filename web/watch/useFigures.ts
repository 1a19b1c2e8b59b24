import { useThrottleFn } from '@vueuse/core'
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { Outcomes } from '../../shared/outcomes.ts'
import { getJson } from '../net/http.ts'
import type { SessionState } from '../sessions/useSession.ts'

export type Figures = Pick<Outcomes, 'total' | 'states' | 'answered'>

const LOOK_EVERY = 10_000
/** A number that no question has: the figures are wanted, not the questions. */
const NO_QUESTIONS = 9_999_999

/** What became of all questions, in numbers; null until they are known. Followed while late questions are still taken. */
export function useFigures(state: () => SessionState): Readonly<ShallowRef<Figures | null>> {
  const figures = shallowRef<Figures | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function look() {
    if (gone) return
    try {
      const answer = await getJson<Outcomes>(`/api/sessions/${state().session.id}/outcomes?after=${NO_QUESTIONS}`)
      if (!gone) figures.value = answer
    } catch {
      // What the page knows by itself is shown instead.
    }
  }
  const lookSometimes = useThrottleFn(look, LOOK_EVERY, true)
  watch([() => state().questions, () => state().session], () => void lookSometimes())
  void lookSometimes()
  return figures
}
