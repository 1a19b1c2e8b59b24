import { computed, onMounted, onScopeDispose, shallowRef } from 'vue'
import type { QuestionFate } from '../../../shared/questions.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { getJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { readReceipt } from './receipt.ts'

/** What became of the question behind a receipt. `unknown`: there is no such receipt, or it cannot be one. */
export function useFate(receipt: string) {
  const fate = shallowRef<QuestionFate | null>(null)
  const error = shallowRef<Refusal | null>(null)
  let alive = true
  onScopeDispose(() => (alive = false))

  async function load() {
    error.value = null
    try {
      const answer = await getJson<QuestionFate>(`/api/questions/${encodeURIComponent(readReceipt(receipt))}`)
      if (alive) fate.value = answer
    } catch (thrown) {
      if (alive) error.value = refusalOf(thrown)
    }
  }

  onMounted(load)
  return { fate, error, load, unknown: computed(() => error.value?.code === 'not_found' || error.value?.code === 'invalid_input') }
}
