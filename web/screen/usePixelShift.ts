import { useIntervalFn } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { ComputedRef } from 'vue'
import { shiftAt } from './rules/wording.ts'

const LOOK_EVERY = 30_000

/** Moves the whole picture by a hair every few minutes, so that nothing burns into the display. A step at once, not a glide: there is no motion to be reduced. */
export function usePixelShift(): ComputedRef<{ transform: string }> {
  const now = ref(Date.now())
  useIntervalFn(() => (now.value = Date.now()), LOOK_EVERY)
  return computed(() => {
    const { x, y } = shiftAt(now.value)
    return { transform: `translate(calc(${x} * var(--u)), calc(${y} * var(--u)))` }
  })
}
