import { onScopeDispose, ref, shallowReadonly, shallowRef } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { refusalOf } from '../net/refusal.ts'

/** One form that proves who somebody is (a password, a code) to get something done: whether it is under way, and why it was not taken. */
export function useProving() {
  const busy = ref(false)
  const refusal = shallowRef<Refusal | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  return {
    busy,
    refusal: shallowReadonly(refusal),
    /** Resolves with the answer; null when it was refused, or when nobody waits for it any more. */
    async prove<T>(request: () => Promise<T>): Promise<T | null> {
      if (busy.value) return null
      busy.value = true
      refusal.value = null
      try {
        const answer = await request()
        return gone ? null : answer
      } catch (thrown) {
        refusal.value = refusalOf(thrown)
        return null
      } finally {
        busy.value = false
      }
    },
    forget: () => (refusal.value = null),
  }
}
