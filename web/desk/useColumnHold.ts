import { useEventListener, useFocusWithin } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { Hold } from './rules/arrange.ts'

/** Pixels from the top from which a list counts as scrolled. */
const SCROLLED_FROM = 8

/** How still a column must be kept: is there a pointer or the focus inside, or has it been scrolled? */
export function useColumnHold(list: Readonly<Ref<HTMLElement | null>>, hovered: Readonly<Ref<boolean>>): { hold: ComputedRef<Hold> } {
  const { focused } = useFocusWithin(list)
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
