import type { PublicQuestion } from '../../shared/questions.ts'
import { questionStep } from '../../shared/rules/questionLifecycle.ts'
import { compareQuestions } from '../../shared/rules/ranking.ts'

/** A guest's questions: what is theirs to answer, what waits for anybody, and what they answered in writing, latest first. Each list by votes else. */
export type GuestQuestions = { mine: PublicQuestion[]; waiting: PublicQuestion[]; replied: PublicQuestion[] }

/** @param guestId which guest this is; null for a host, who answers as the office */
export function guestQuestions(questions: Iterable<PublicQuestion>, guestId: string | null): GuestQuestions {
  const lists: GuestQuestions = { mine: [], waiting: [], replied: [] }
  for (const question of questions) {
    if (question.answer !== null) {
      if (question.answer.guestId === guestId && questionStep(question.state, 'reply')) lists.replied.push(question)
    } else if (question.state === 'approved' || question.state === 'asking') {
      // One that is meant for another guest is theirs to answer.
      if (guestId !== null && question.guestId === guestId) lists.mine.push(question)
      else if (question.guestId === null || guestId === null) lists.waiting.push(question)
    }
  }
  lists.mine.sort(compareQuestions('votes'))
  lists.waiting.sort(compareQuestions('votes'))
  lists.replied.sort((a, b) => ((a.answer?.at ?? '') < (b.answer?.at ?? '') ? 1 : -1))
  return lists
}
