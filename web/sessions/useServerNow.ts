import { useIntervalFn } from '@vueuse/core'
import { ref, watch } from 'vue'
import type { Ref } from 'vue'

/** The server's clock in milliseconds since 1970, once a second. */
export function useServerNow(clock: () => () => number): Readonly<Ref<number>> {
  const now = ref(clock()())
  const tick = () => {
    now.value = clock()()
  }
  watch(clock, tick)
  useIntervalFn(tick, 1_000)
  return now
}
