import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { waitOf } from './waiting.ts'

/** Refusals and issue codes in the reader's language; call in `setup`. */
export function useRefusalText() {
  const { t, te } = useI18n()
  const waitText = (ms: number) => {
    const { unit, count } = waitOf(ms)
    return t(`wait.${unit}`, { count }, count)
  }
  return {
    /** One sentence for a refusal, with the time to wait where it says one. */
    refusalText: ({ code, retryAfterMs }: Refusal): string =>
      retryAfterMs !== undefined && te(`wait.${code}`) ? t(`wait.${code}`, { time: waitText(retryAfterMs) }) : t(`error.${code}`),
    /** A few words for an issue code: zod's, or one of our own. */
    issueText: (code: string): string => t(te(`issue.${code}`) ? `issue.${code}` : 'issue.other'),
    /** How long that is, in words. */
    waitText,
  }
}
