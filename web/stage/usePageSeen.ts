import { useEventListener } from '@vueuse/core'
import { onScopeDispose, readonly, ref } from 'vue'
import type { Ref } from 'vue'

/** A glance at another tab should not cost a new keyframe. */
const GRACE = 3_000

/** Whether this page's pictures can be seen: the page is visible, or one of them floats above others. Turns false a little late. */
export function usePageSeen(): Readonly<Ref<boolean>> {
  const seen = ref(true)
  let timer: ReturnType<typeof setTimeout> | undefined

  function look() {
    clearTimeout(timer)
    if (!document.hidden || document.pictureInPictureElement) seen.value = true
    else timer = setTimeout(() => (seen.value = false), GRACE)
  }
  useEventListener(document, ['visibilitychange', 'enterpictureinpicture', 'leavepictureinpicture'], look)
  onScopeDispose(() => clearTimeout(timer))
  look()
  return readonly(seen)
}
