import type { PublicQuestion } from '../../shared/questions.ts'
import { takesVotes } from '../../shared/rules/questionLifecycle.ts'
import { compareQuestions } from '../../shared/rules/ranking.ts'

export const LIST_TABS = ['hot', 'newest', 'answered'] as const
/** `hot`: still open, by votes. `newest`: all that is public, by arrival. `answered`: by the time of the answer, latest first. */
export type ListTab = (typeof LIST_TABS)[number]

/** The question on air, or null. Should two ever be, the one put on air last. */
export function currentQuestion(questions: Iterable<PublicQuestion>): PublicQuestion | null {
  let current: PublicQuestion | null = null
  for (const question of questions) {
    if (question.state !== 'asking') continue
    if (current === null || (question.askedAt ?? '') > (current.askedAt ?? '')) current = question
  }
  return current
}

/** What one tab lists, in its order. The question on air is in none of them: it is pinned above. */
export function questionsFor(tab: ListTab, questions: Iterable<PublicQuestion>): PublicQuestion[] {
  const all = [...questions]
  switch (tab) {
    case 'hot':
      return all.filter((question) => takesVotes(question.state)).sort(compareQuestions('votes'))
    case 'newest':
      return all.filter((question) => takesVotes(question.state) || question.state === 'answered').sort(compareQuestions('newest'))
    case 'answered':
      return all.filter((question) => question.state === 'answered').sort(byAnswer)
  }
}

/** How many questions each tab lists. */
export function countTabs(questions: Iterable<PublicQuestion>): Record<ListTab, number> {
  const counts = { hot: 0, newest: 0, answered: 0 }
  for (const { state } of questions) {
    const open = takesVotes(state)
    const answered = state === 'answered'
    if (open) counts.hot++
    if (answered) counts.answered++
    if (open || answered) counts.newest++
  }
  return counts
}

function byAnswer(a: PublicQuestion, b: PublicQuestion): number {
  const [first, second] = [a.answeredAt ?? '', b.answeredAt ?? '']
  if (first !== second) return first < second ? 1 : -1
  return b.number - a.number
}
