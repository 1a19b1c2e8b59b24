import { watch } from 'vue'
import type { Ref } from 'vue'

const MOVE: KeyframeAnimationOptions = { duration: 320, easing: 'cubic-bezier(0.2, 0, 0, 1)' }
const APPEAR: KeyframeAnimationOptions = { duration: 320, easing: 'ease-out' }

function rows(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-question-id]')]
}

/**
 * Lets the rows that changed place glide to their new one, and new ones fade in, whenever `order` changes. Rows out of sight and readers who asked for
 * less motion are left alone.
 * @param list element whose descendants carry `data-question-id`
 * @param scope which list this is; another one appears without motion
 */
export function useMoves(list: Readonly<Ref<HTMLElement | null>>, scope: () => string, order: () => readonly string[]): void {
  const tops = new Map<string, number>()

  watch(
    [scope, order] as const,
    ([now], [before]) => {
      tops.clear()
      if (now !== before || list.value === null || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
      for (const row of rows(list.value)) tops.set(row.dataset['questionId'] ?? '', row.getBoundingClientRect().top)
    },
    { flush: 'pre' },
  )

  watch(
    [scope, order] as const,
    () => {
      if (list.value === null || tops.size === 0) return
      for (const row of rows(list.value)) {
        const box = row.getBoundingClientRect()
        const before = tops.get(row.dataset['questionId'] ?? '')
        const seen = (top: number) => top < window.innerHeight && top + box.height > 0
        if (before === undefined) {
          if (seen(box.top)) row.animate({ opacity: [0, 1] }, APPEAR)
        } else if (before !== box.top && (seen(before) || seen(box.top))) {
          row.animate({ transform: [`translateY(${before - box.top}px)`, 'none'] }, MOVE)
        }
      }
    },
    { flush: 'post' },
  )
}
