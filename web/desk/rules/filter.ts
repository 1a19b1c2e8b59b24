import type { DeskQuestion } from '../../../shared/questions.ts'

/** Words of a search, folded so that case and full-width forms do not matter. */
export function searchWords(query: string): string[] {
  return fold(query).split(/\s+/).filter(Boolean)
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** Whether a question has all the words in its text (either version), its asker's name, or as its number (`#12` exactly, `12` too). */
export function matches(question: DeskQuestion, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const haystack = fold(`${question.text}\n${question.originalText}\n${question.name ?? ''}\n${question.reason ?? ''}`)
  return words.every((word) => word.replace(/^#/, '') === String(question.number) || (!word.startsWith('#') && haystack.includes(word)))
}
