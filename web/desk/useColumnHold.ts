import { useElementHover, useEventListener, useFocusWithin } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { Hold } from './rules/arrange.ts'

/** Pixels from the top from which a list counts as scrolled. */
const SCROLLED_FROM = 8

/**
 * How still a column must be kept: is there a pointer or the focus inside, or has it been scrolled?
 * @param column the whole, with the button that lets new ones in: it must not vanish under the pointer that goes for it
 * @param list the part that scrolls
 */
export function useColumnHold(column: Readonly<Ref<HTMLElement | null>>, list: Readonly<Ref<HTMLElement | null>>): { hold: ComputedRef<Hold> } {
  const hovered = useElementHover(column)
  const { focused } = useFocusWithin(column)
  const scrolled = ref(false)
  useEventListener(
    list,
    'scroll',
    () => {
      scrolled.value = (list.value?.scrollTop ?? 0) > SCROLLED_FROM
    },
    { passive: true },
  )
  return { hold: computed(() => (hovered.value || focused.value ? 'hands' : scrolled.value ? 'scrolled' : 'free')) }
}
