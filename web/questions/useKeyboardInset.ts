import { useEventListener } from '@vueuse/core'
import { ref } from 'vue'
import type { Ref } from 'vue'

/** Pixels at the bottom of the window that an on-screen keyboard covers: browsers lay fixed elements out behind it. */
export function useKeyboardInset(): Readonly<Ref<number>> {
  const inset = ref(0)
  const viewport = window.visualViewport
  if (!viewport) return inset
  const look = () => {
    // A pinched page is smaller, too, but that is no keyboard.
    inset.value = viewport.scale > 1.05 ? 0 : Math.max(0, Math.round(window.innerHeight - viewport.height - viewport.offsetTop))
  }
  useEventListener(viewport, ['resize', 'scroll'], look)
  return inset
}
