import { ref, watch } from 'vue'
import type { Ref } from 'vue'
import { countArrivals } from '../chat/sticking.ts'

/** How many messages came in while nobody looked. */
export function useUnread(ids: () => readonly string[], looking: () => boolean): Readonly<Ref<number>> {
  const unread = ref(0)
  watch(ids, (after, before) => {
    if (!looking()) unread.value += countArrivals(before, after)
  })
  watch(looking, (now) => {
    if (now) unread.value = 0
  })
  return unread
}
