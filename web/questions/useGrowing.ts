import { useIntersectionObserver } from '@vueuse/core'
import { ref } from 'vue'
import type { Ref } from 'vue'

/** Entries drawn at first, and added whenever the reader comes near the end. */
const PAGE = 40

/** How many entries of a long list to draw: more as its reader comes near `end`. */
export function useGrowing(end: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const size = ref(PAGE)
  useIntersectionObserver(
    end,
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) size.value += PAGE
    },
    { rootMargin: '0px 0px 1200px 0px' },
  )
  return size
}
