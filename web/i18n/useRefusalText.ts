import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../shared/protocol/errors.ts'

/** Refusals and issue codes in the reader's language; call in `setup`. */
export function useRefusalText() {
  const { t, te } = useI18n()
  return {
    /** One sentence for a refusal. */
    refusalText: (refusal: Refusal): string => t(`error.${refusal.code}`),
    /** A few words for an issue code: zod's, or one of our own. */
    issueText: (code: string): string => t(te(`issue.${code}`) ? `issue.${code}` : 'issue.other'),
  }
}
