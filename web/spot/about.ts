import type { QuestionRef } from '../../shared/questions.ts'
import type { SpotRecord } from '../../shared/spot.ts'
import type { SessionState } from '../sessions/useSession.ts'

/** What a record is about. `number`: of the question or raised hand. `question`: one that this page can show; `gone`: one that is not public, of which nothing is known here. */
export type About = { kind: 'about' | 'gone' | 'hand' | 'whole'; number: number; question: QuestionRef | null }

type Known = Pick<SessionState, 'questions' | 'desk' | 'own' | 'left' | 'hands'>

export function aboutOf({ questionId, handId }: Pick<SpotRecord, 'questionId' | 'handId'>, { questions, desk, own, left, hands }: Known): About {
  if (questionId !== null) {
    const shown = questions.get(questionId) ?? desk?.get(questionId)
    const number = shown?.number ?? own.get(questionId)?.number ?? left.get(questionId)?.number
    if (number === undefined) return { kind: 'gone', number: 0, question: null }
    return { kind: 'about', number, question: shown ? { id: shown.id, number } : null }
  }
  const hand = handId === null ? undefined : hands.get(handId)
  return hand ? { kind: 'hand', number: hand.number, question: null } : { kind: 'whole', number: 0, question: null }
}
