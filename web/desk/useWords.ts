import { computed, shallowRef, watch } from 'vue'
import type { HeldChat } from '../../shared/chat.ts'
import type { WordLists } from '../../shared/moderation.ts'
import type { DeskQuestion } from '../../shared/questions.ts'
import { useConnection } from '../net/socket.ts'

/** The sensitive words, fetched once something is held for one: what they are is shown in its text. */
export function useWords(sessionId: string, allowed: () => boolean, pending: () => readonly DeskQuestion[], chat: () => readonly HeldChat[]) {
  const connection = useConnection()
  const lists = shallowRef<WordLists | null>(null)
  let loading = false

  async function load() {
    if (loading || !allowed()) return
    loading = true
    try {
      lists.value = await connection.request('words:get', { sessionId })
    } catch {
      // Only the marking in the text is missing; the next held question tries again.
    } finally {
      loading = false
    }
  }

  watch(
    () => pending().filter(({ held }) => held.includes('sensitive_word')).length + chat().filter(({ held }) => held === 'sensitive_word').length,
    (held, before) => {
      if (held > 0 && (lists.value === null || before === 0)) void load()
    },
    { immediate: true },
  )
  return { lists, all: computed(() => (lists.value ? [...lists.value.session, ...lists.value.platform] : [])) }
}
