import { useThrottleFn } from '@vueuse/core'
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { RuleVerdict } from '../../shared/rules/selection.ts'
import { getJson } from '../net/http.ts'
import type { SessionState } from '../sessions/useSession.ts'

/** The verdict is asked for at most this often, in milliseconds. */
const LOOK_EVERY = 10_000

/** How the host's promise stands, as the server judges it: it alone knows the declined. null until it is known; kept as it was while the line is away. */
export function useRule(state: () => SessionState): Readonly<ShallowRef<RuleVerdict | null>> {
  const verdict = shallowRef<RuleVerdict | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function look() {
    try {
      const answer = await getJson<RuleVerdict | null>(`/api/sessions/${state().session.id}/rule`)
      if (!gone) verdict.value = answer
    } catch {
      // The promise itself stands above; its state comes with the next change.
    }
  }
  const lookSometimes = useThrottleFn(look, LOOK_EVERY, true)
  // Spread, so that a crowd with the page open does not ask in the same moment.
  watch([() => state().questions, () => state().session], () => void setTimeout(() => !gone && void lookSometimes(), Math.random() * 2_000))
  void lookSometimes()
  return verdict
}
