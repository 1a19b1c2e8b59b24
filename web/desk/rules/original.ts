import type { DeskQuestion } from '../../../shared/questions.ts'

/** Why the text differs from what the asker wrote: a colleague corrected it, or only numbers were made unreadable; null when it does not. */
export function originalOf({ text, originalText, edited }: Pick<DeskQuestion, 'text' | 'originalText' | 'edited'>): 'edited' | 'masked' | null {
  if (edited) return 'edited'
  return text === originalText ? null : 'masked'
}
