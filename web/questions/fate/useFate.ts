import { useDocumentVisibility, useEventListener, useIntervalFn } from '@vueuse/core'
import { computed, onMounted, onScopeDispose, shallowRef, watch } from 'vue'
import type { QuestionFate } from '../../../shared/questions.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { getJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { readReceipt } from './receipt.ts'

/** How often a page that is looked at asks what became of its question, in milliseconds. */
const REFRESH = 20_000

/** What became of the question behind a receipt, kept fresh while the page is looked at. `unknown`: there is no such receipt, or it cannot be one. A look-up that fails leaves what was there. */
export function useFate(receipt: string) {
  const fate = shallowRef<QuestionFate | null>(null)
  const error = shallowRef<Refusal | null>(null)
  let asked = 0
  onScopeDispose(() => asked++)

  async function load() {
    const mine = ++asked
    try {
      const answer = await getJson<QuestionFate>(`/api/questions/${encodeURIComponent(readReceipt(receipt))}`)
      if (mine !== asked) return
      fate.value = answer
      error.value = null
    } catch (thrown) {
      if (mine === asked) error.value = refusalOf(thrown)
    }
  }
  function retry() {
    error.value = null
    return load()
  }

  const visibility = useDocumentVisibility()
  const again = () => visibility.value === 'visible' && fate.value !== null && void load()
  useIntervalFn(again, REFRESH)
  watch(visibility, again)
  useEventListener(window, 'online', again)
  onMounted(load)
  return { fate, error, retry, unknown: computed(() => error.value?.code === 'not_found' || error.value?.code === 'invalid_input') }
}
