import { useEventListener, useResizeObserver } from '@vueuse/core'
import { nextTick, ref, watch } from 'vue'
import type { Ref } from 'vue'
import { afterArrival, afterScroll, countArrivals } from './sticking.ts'
import type { ChatPosition } from './sticking.ts'

/** Keeps a growing list at its end while its reader is there, and counts what comes in below otherwise. */
export function useStick(scroller: Readonly<Ref<HTMLElement | null>>, ids: () => readonly string[]): { position: Readonly<Ref<ChatPosition>>; toEnd(): void } {
  const position = ref<ChatPosition>({ stuck: true, unseen: 0 })

  function toEnd(): void {
    const element = scroller.value
    if (element) element.scrollTop = element.scrollHeight
    position.value = { stuck: true, unseen: 0 }
  }
  useEventListener(
    scroller,
    'scroll',
    () => {
      const element = scroller.value
      if (element) position.value = afterScroll(position.value, element.scrollHeight - element.scrollTop - element.clientHeight)
    },
    { passive: true },
  )
  // A keyboard that opens, or larger type, must not push the newest message out of sight.
  useResizeObserver(scroller, () => {
    if (position.value.stuck) toEnd()
  })
  watch(ids, async (after, before) => {
    position.value = afterArrival(position.value, countArrivals(before, after))
    await nextTick()
    if (position.value.stuck) toEnd()
  })
  return { position, toEnd }
}
