import { onScopeDispose, readonly, ref } from 'vue'
import type { Ref } from 'vue'

/** How long a player's controls stay after the hand has left them. */
const AWAKE = 4_000

/** Controls that show themselves at first and when somebody stirs, and then leave the picture alone. Whoever has the keyboard's focus in them keeps them by CSS. */
export function useWakingControls(stayMs = AWAKE): { awake: Readonly<Ref<boolean>>; wake(): void; toggle(): void } {
  const awake = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function sleep() {
    clearTimeout(timer)
    awake.value = false
  }
  function wake() {
    clearTimeout(timer)
    awake.value = true
    timer = setTimeout(sleep, stayMs)
  }
  wake()
  onScopeDispose(() => clearTimeout(timer))
  return { awake: readonly(awake), wake, toggle: () => (awake.value ? sleep() : wake()) }
}
