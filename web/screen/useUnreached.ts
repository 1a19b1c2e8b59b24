import { ref, watch } from 'vue'
import type { Ref } from 'vue'
import type { ConnectionStatus } from '../net/types.ts'

/** A line that is back within this time, in milliseconds, is not worth a mark. */
const PATIENCE = 3_000

/** Whether the server has been out of reach for so long that what is shown may be old. */
export function useUnreached(status: () => ConnectionStatus): Readonly<Ref<boolean>> {
  const unreached = ref(false)
  watch(
    () => status() === 'online',
    (online, _before, onCleanup) => {
      if (online) unreached.value = false
      else {
        const timer = setTimeout(() => (unreached.value = true), PATIENCE)
        onCleanup(() => clearTimeout(timer))
      }
    },
    { immediate: true },
  )
  return unreached
}
