import type { OwnQuestion, PublicQuestion } from '../../shared/questions.ts'
import { takesObjections } from '../../shared/rules/questionLifecycle.ts'

/** Whether a question is also this visitor's: they asked it, one of theirs was merged into it, or they voted for it. */
export function concerns(questionId: string, own: ReadonlyMap<string, OwnQuestion>, votes: ReadonlySet<string>): boolean {
  if (own.has(questionId) || votes.has(questionId)) return true
  for (const question of own.values()) if (question.state === 'merged' && question.mergedInto?.id === questionId) return true
  return false
}

/** The question that stands for one's own: itself, or the public one it was merged into (null when that one is not public). */
export function standsFor(question: OwnQuestion, questions: ReadonlyMap<string, PublicQuestion>): PublicQuestion | null {
  if (question.state !== 'merged') return question
  return (question.mergedInto && questions.get(question.mergedInto.id)) ?? null
}

/** Whether this visitor may say of it that the answer did not answer theirs. */
export function mayObject(question: PublicQuestion, own: ReadonlyMap<string, OwnQuestion>, votes: ReadonlySet<string>): boolean {
  return takesObjections(question.state) && concerns(question.id, own, votes)
}

/** Whether its asker may follow it up. */
export function mayFollow(question: Pick<PublicQuestion, 'state'>): boolean {
  return question.state === 'asking' || question.state === 'answered'
}
