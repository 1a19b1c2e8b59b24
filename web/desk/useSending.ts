import { computed, ref, shallowRef } from 'vue'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { refusalOf } from '../net/refusal.ts'

/** One request of a dialog: under way, or refused in words. */
export function useSending() {
  const { refusalText } = useRefusalText()
  const sending = ref(false)
  const refusal = shallowRef<Refusal | null>(null)
  return {
    sending,
    /** Why the last one was refused, or null. */
    refused: computed(() => refusal.value && refusalText(refusal.value)),
    forget() {
      refusal.value = null
    },
    /** Resolves to the answer, or null when it was refused or another is under way; never rejects. */
    async send<T>(request: () => Promise<T>): Promise<{ answer: T } | null> {
      if (sending.value) return null
      sending.value = true
      refusal.value = null
      try {
        return { answer: await request() }
      } catch (error) {
        refusal.value = refusalOf(error)
        return null
      } finally {
        sending.value = false
      }
    },
  }
}
