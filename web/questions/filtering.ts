import type { PublicQuestion } from '../../shared/questions.ts'

/** `topicId` null: of every topic. */
export type ListFilter = { topicId: string | null; search: string }

/** From so many questions on a list can be searched. */
const SEARCH_FROM = 15
export const isSearchable = (questions: number) => questions > SEARCH_FROM

/** How a text is compared: without regard to case and to full-width forms. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** Whether every word of the search stands in the question, its asker's name or its answer; a number finds the question of that number, too. */
function holds(question: PublicQuestion, words: readonly string[]): boolean {
  const text = plain(`#${question.number} ${question.text} ${question.name ?? ''} ${question.answer?.text ?? ''}`)
  return words.every((word) => text.includes(word))
}

/** What `filter` lets through, in the order given. */
export function filterQuestions(questions: Iterable<PublicQuestion>, filter: ListFilter): PublicQuestion[] {
  const words = plain(filter.search).split(/\s+/).filter(Boolean)
  return [...questions].filter((question) => (filter.topicId === null || question.topicId === filter.topicId) && (words.length === 0 || holds(question, words)))
}
