import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import type { ChatMessage } from '../../shared/chat.ts'
import { useConnection } from '../net/socket.ts'

/** What this visitor wrote and a moderator has yet to let out: shown to them alone, until it is public or deleted. */
export function useOwnHeld(sessionId: string, messages: () => readonly ChatMessage[]): { held: ComputedRef<readonly ChatMessage[]>; keep(message: ChatMessage): void } {
  const kept = shallowRef<readonly ChatMessage[]>([])
  onScopeDispose(
    useConnection().on('session:events', (told) => {
      if (told.sessionId !== sessionId) return
      const deleted = told.events.flatMap((event) => (event.type === 'chat_deleted' ? [event.id] : []))
      if (deleted.length > 0) kept.value = kept.value.filter(({ id }) => !deleted.includes(id))
    }),
  )
  return {
    held: computed(() => {
      const known = new Set(messages().map(({ id }) => id))
      return kept.value.filter(({ id }) => !known.has(id))
    }),
    keep(message) {
      kept.value = [...kept.value.filter(({ id }) => id !== message.id), message]
    },
  }
}
