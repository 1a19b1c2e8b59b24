import type { PublicQuestion } from '../../shared/questions.ts'
import { takesVotes } from '../../shared/rules/questionLifecycle.ts'
import { compareQuestions } from '../../shared/rules/ranking.ts'
import { compareScores } from '../../shared/rules/selection.ts'
import type { SelectionRule } from '../../shared/rules/selection.ts'

export const LIST_TABS = ['hot', 'fair', 'newest', 'answered'] as const
/** `hot`: still open, by votes. `fair`: the same, by votes for the time they could be given in. `newest`: all that is public, by arrival. `answered`: by the time of the answer, latest first. */
export type ListTab = (typeof LIST_TABS)[number]

/** The orders that a session offers: the fair one where its rule promises it. */
export function tabsFor(rule: SelectionRule | null): ListTab[] {
  return LIST_TABS.filter((tab) => tab !== 'fair' || (rule?.correctEarly ?? false))
}

/** The question on air, or null. Should two ever be, the one put on air last. */
export function currentQuestion(questions: Iterable<PublicQuestion>): PublicQuestion | null {
  let current: PublicQuestion | null = null
  for (const question of questions) {
    if (question.state !== 'asking') continue
    if (current === null || (question.askedAt ?? '') > (current.askedAt ?? '')) current = question
  }
  return current
}

/** What one tab lists, in its order. The question on air is in none of them: it is pinned above. `now`: the server's clock, in milliseconds since 1970. */
export function questionsFor(tab: ListTab, questions: Iterable<PublicQuestion>, now: number): PublicQuestion[] {
  const all = [...questions]
  switch (tab) {
    case 'hot':
      return all.filter((question) => takesVotes(question.state)).sort(compareQuestions('votes'))
    case 'fair':
      return all.filter((question) => takesVotes(question.state)).sort(compareScores(true, now))
    case 'newest':
      return all.filter((question) => takesVotes(question.state) || question.state === 'answered').sort(compareQuestions('newest'))
    case 'answered':
      return all.filter((question) => question.state === 'answered').sort(byAnswer)
  }
}

/** How many questions each tab lists. */
export function countTabs(questions: Iterable<PublicQuestion>): Record<ListTab, number> {
  const counts = { hot: 0, fair: 0, newest: 0, answered: 0 }
  for (const { state } of questions) {
    const open = takesVotes(state)
    const answered = state === 'answered'
    if (open) counts.hot++
    if (open) counts.fair++
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
