import { watchDebounced } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import type { SimilarQuestion } from '../../../shared/questions.ts'
import { cleanText, countCharacters } from '../../../shared/rules/text.ts'
import { useConnection } from '../../net/socket.ts'

/** Fewer characters say too little to compare. */
const LEAST = 4
const PAUSE_MS = 400
/** An answer that takes longer comes too late to be of use. */
const TIMEOUT_MS = 3_000

const isComparable = (text: string) => countCharacters(cleanText(text)) >= LEAST

/** Public questions like the one being written, best first, asked for when typing pauses. Silent without a line: asking goes on all the same. */
export function useSimilar(sessionId: string, text: () => string, exclude: () => ReadonlySet<string>): ComputedRef<readonly SimilarQuestion[]> {
  const connection = useConnection()
  const found = shallowRef<{ text: string; questions: readonly SimilarQuestion[] }>({ text: '', questions: [] })
  let gone = false
  onScopeDispose(() => (gone = true))

  async function look() {
    const written = cleanText(text())
    if (written === found.value.text || connection.status.value !== 'online') return
    if (!isComparable(written)) {
      found.value = { text: written, questions: [] }
      return
    }
    try {
      const { questions } = await connection.request('question:similar', { sessionId, text: written, scope: 'public', exclude: null }, { timeoutMs: TIMEOUT_MS })
      // What was asked for last counts, whatever comes back last.
      if (!gone && cleanText(text()) === written) found.value = { text: written, questions }
    } catch {
      // A help, no condition: whoever writes is not told that it failed.
    }
  }

  watchDebounced(text, look, { debounce: PAUSE_MS, immediate: true })
  return computed(() => (isComparable(text()) ? found.value.questions.filter(({ id }) => !exclude().has(id)) : []))
}
