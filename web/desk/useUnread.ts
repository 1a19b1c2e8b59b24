import { computed, ref, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { ChatMessage } from '../../shared/chat.ts'

/** How many messages came since the chat was last looked at. */
export function useUnread(messages: () => readonly ChatMessage[], looking: () => boolean): ComputedRef<number> {
  const newest = () => messages().at(-1)?.at ?? ''
  const readUpTo = ref(newest())
  watch([newest, looking], () => {
    if (looking()) readUpTo.value = newest()
  })
  return computed(() => (looking() ? 0 : messages().filter((message) => message.at > readUpTo.value).length))
}
