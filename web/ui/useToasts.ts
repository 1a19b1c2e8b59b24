import { useToast } from '@nuxt/ui/composables/useToast'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { refusalOf } from '../net/refusal.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'

/** Short notices at the edge of the page, read out by screen readers; call in `setup`. */
export function useToasts() {
  const toast = useToast()
  const { refusalText } = useRefusalText()
  const refused = (refusal: Refusal) => void toast.add({ title: refusalText(refusal), color: 'error', icon: 'i-lucide-circle-alert' })
  return {
    done: (title: string) => void toast.add({ title, color: 'success', icon: 'i-lucide-check' }),
    notice: (title: string) => void toast.add({ title, color: 'neutral', icon: 'i-lucide-info' }),
    /** What did not work, in the reader's language. */
    refused,
    /** Does `act` and tells what was refused. Never rejects: resolves with whether it is done. */
    async attempt(act: () => Promise<unknown>): Promise<boolean> {
      try {
        await act()
        return true
      } catch (error) {
        refused(refusalOf(error))
        return false
      }
    },
  }
}
