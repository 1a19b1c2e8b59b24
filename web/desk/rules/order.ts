import type { DeskQuestion } from '../../../shared/questions.ts'
import { compareQuestions } from '../../../shared/rules/ranking.ts'
import type { SelectionRule } from '../../../shared/rules/selection.ts'
import { score, suggestOrder } from '../../../shared/rules/selection.ts'

/** How the approved questions are read: as the public ranks them, as the host's promise suggests, or as they came. */
export const APPROVED_ORDERS = ['votes', 'suggested', 'oldest'] as const
export type ApprovedOrder = (typeof APPROVED_ORDERS)[number]

/** Why a question stands where the suggestion put it: its topic's turn, the early-bird correction, or plainly its votes. */
export type Why = 'topic' | 'early' | 'votes'
export type Suggestion = { questions: DeskQuestion[]; why: ReadonlyMap<string, Why> }

/**
 * The approved questions in the order in which a host might take them.
 * @param taken those answered or on air: whose topics had their turn
 * @param rule the host's promise; topics take turns only when it says so
 * @param now the server's clock, in milliseconds
 */
export function suggest(approved: readonly DeskQuestion[], taken: readonly DeskQuestion[], rule: SelectionRule | null, now: number): Suggestion {
  const correct = rule?.correctEarly ?? false
  const questions = suggestOrder(approved, taken, correct, now)
  const why = new Map<string, Why>()
  // From the end: what stands before something stronger owes its place to something else than its strength.
  let best = { score: -1, votes: -1 }
  for (const question of questions.toReversed()) {
    const own = score(question, correct, now)
    why.set(question.id, own < best.score ? 'topic' : question.votes < best.votes ? 'early' : 'votes')
    best = { score: Math.max(best.score, own), votes: Math.max(best.votes, question.votes) }
  }
  return { questions, why }
}

/** The approved questions in `order`. */
export function orderApproved(order: ApprovedOrder, approved: readonly DeskQuestion[], taken: readonly DeskQuestion[], rule: SelectionRule | null, now: number): DeskQuestion[] {
  return order === 'suggested' ? suggest(approved, taken, rule, now).questions : approved.toSorted(compareQuestions(order))
}
