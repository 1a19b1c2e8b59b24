import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { stillThere } from '../questions/calm.ts'

/** An order that changes at most once in `restMs` milliseconds, so that a hall can read it; what has gone goes at once. */
export function useRested(wanted: () => readonly string[], restMs: number): ComputedRef<string[]> {
  const held = shallowRef([...wanted()])
  let changedAt = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined

  function apply() {
    timer = undefined
    held.value = [...wanted()]
    changedAt = performance.now()
  }
  watch(
    () => wanted().join(),
    () => {
      const rest = changedAt + restMs - performance.now()
      // With nothing to read, nobody is disturbed.
      if (rest <= 0 || held.value.length === 0) {
        clearTimeout(timer)
        apply()
      } else timer ??= setTimeout(apply, rest)
    },
  )
  onScopeDispose(() => clearTimeout(timer))
  return computed(() => stillThere(held.value, wanted()))
}
