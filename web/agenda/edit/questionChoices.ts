import type { PublicQuestion } from '../../../shared/questions.ts'

/** Questions that can still be lined up: approved and not chosen yet, those with the most votes first. `find`: some of the words, or a number. */
export function choices(questions: Iterable<PublicQuestion>, chosen: readonly string[], find: string): PublicQuestion[] {
  const words = find.trim().toLowerCase()
  return [...questions]
    .filter(({ id, state, text, number }) => state === 'approved' && !chosen.includes(id) && (words === '' || text.toLowerCase().includes(words) || String(number) === words))
    .toSorted((a, b) => b.votes - a.votes || a.number - b.number)
}
