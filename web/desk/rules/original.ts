import type { DeskQuestion } from '../../../shared/questions.ts'

/** Why the text differs from what the asker wrote: a colleague corrected it, or only numbers were made unreadable; null when it does not, or when the original is kept no longer. */
export function originalOf({ text, originalText, edited }: Pick<DeskQuestion, 'text' | 'originalText' | 'edited'>): 'edited' | 'masked' | null {
  if (originalText === '') return null
  if (edited) return 'edited'
  return text === originalText ? null : 'masked'
}
