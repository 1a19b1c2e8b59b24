import { useEventListener, useIntervalFn } from '@vueuse/core'
import { ref } from 'vue'
import type { Ref } from 'vue'
import { isReading } from './calm.ts'

/** How often a list looks whether its reader has gone, in milliseconds. */
const LOOK_EVERY = 500

/**
 * Whether somebody is at the list right now: a finger or pointer moving over it, the keyboard's focus inside, or its top scrolled out of sight.
 * @param list the list's element
 * @param edge pixels from the top of the window under which the list begins to be covered (a picture that stays on top)
 */
export function useReading(list: Readonly<Ref<HTMLElement | null>>, edge: () => number): { reading: Readonly<Ref<boolean>>; release(): void } {
  const reading = ref(false)
  let touchedAt = -Infinity

  function look(): void {
    const element = list.value
    reading.value =
      element !== null &&
      isReading({
        sinceTouch: performance.now() - touchedAt,
        scrolledPast: element.getBoundingClientRect().top < edge() - 1,
        keyboardInside: element.querySelector(':focus-visible') !== null,
      })
  }
  function touch(): void {
    touchedAt = performance.now()
    look()
  }

  for (const kind of ['pointerdown', 'pointermove', 'wheel', 'touchmove', 'keydown', 'focusin'] as const) useEventListener(list, kind, touch, { passive: true })
  useEventListener(document, 'scroll', look, { passive: true, capture: true })
  useIntervalFn(look, LOOK_EVERY)

  return {
    reading,
    /** The reader asked for the changes: what they did before no longer holds the list. */
    release() {
      touchedAt = -Infinity
      look()
    },
  }
}
