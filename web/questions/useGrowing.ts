import { useIntersectionObserver } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'

/** Entries drawn at first, and added whenever the reader comes near the end. */
const PAGE = 40

/** The beginning of a long list, growing as its reader comes near `end`. */
export function useGrowing(all: Readonly<Ref<readonly string[]>>, end: Readonly<Ref<HTMLElement | null>>): { visible: ComputedRef<readonly string[]>; more: ComputedRef<boolean> } {
  const size = ref(PAGE)
  const visible = computed(() => all.value.slice(0, size.value))
  const more = computed(() => all.value.length > size.value)
  useIntersectionObserver(
    end,
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) size.value += PAGE
    },
    { rootMargin: '0px 0px 1200px 0px' },
  )
  return { visible, more }
}
