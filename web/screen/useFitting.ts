import { useResizeObserver } from '@vueuse/core'
import { watch } from 'vue'
import type { Ref } from 'vue'

/** A pixel that rounding may add is none that anybody misses. */
const fits = (box: HTMLElement) => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1

/**
 * Draws what lies in `box` by the first of `steps` at which nothing reaches beyond it, or by the last. The box must have its size from outside.
 * @param watched whatever the size of the content follows from: all steps are tried again when it changes
 * @param draw changes the elements at once; nothing may be left to the next frame
 */
export function useFitting<S>(box: Readonly<Ref<HTMLElement | null>>, steps: () => readonly S[], watched: () => unknown, draw: (box: HTMLElement, step: S) => void): void {
  function fit() {
    const element = box.value
    if (!element) return
    for (const step of steps()) {
      draw(element, step)
      if (fits(element)) return
    }
  }
  watch([box, watched], fit, { flush: 'post' })
  useResizeObserver(box, fit)
}
