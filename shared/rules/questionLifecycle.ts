import type { QuestionAction, QuestionState } from '../questions.ts'
import type { Relation } from './permissions.ts'
import { PERMISSIONS } from './permissions.ts'

export type QuestionStep = { from: QuestionState; action: QuestionAction; roles: readonly Relation[]; to: QuestionState }

const step = (from: QuestionState, action: QuestionAction, to: QuestionState): QuestionStep => ({ from, action, roles: PERMISSIONS[`question.${action}`], to })

/** The life of a question, whole: from × action × role → to. What is not here is refused. */
export const QUESTION_STEPS: readonly QuestionStep[] = [
  step('pending', 'approve', 'approved'),
  step('pending', 'decline', 'declined'),
  step('pending', 'edit', 'pending'),
  step('pending', 'withdraw', 'withdrawn'),
  step('approved', 'air', 'asking'),
  step('approved', 'decline', 'declined'),
  step('approved', 'edit', 'approved'),
  step('approved', 'take_back', 'pending'),
  step('approved', 'withdraw', 'withdrawn'),
  step('asking', 'answer', 'answered'),
  step('asking', 'edit', 'asking'),
  step('asking', 'take_back', 'approved'),
  step('answered', 'take_back', 'approved'),
  step('declined', 'take_back', 'pending'),
]

export const QUESTION_ACTIONS = ['approve', 'decline', 'edit', 'air', 'answer', 'take_back', 'withdraw'] as const satisfies readonly QuestionAction[]

/** The step that `action` takes from `from`, or null when there is none. */
export function questionStep(from: QuestionState, action: QuestionAction): QuestionStep | null {
  return QUESTION_STEPS.find((candidate) => candidate.from === from && candidate.action === action) ?? null
}

/** States in which everybody sees the text. */
export function isPublic(state: QuestionState): boolean {
  switch (state) {
    case 'approved':
    case 'asking':
    case 'answered':
      return true
    case 'pending':
    case 'declined':
    case 'merged':
    case 'withdrawn':
      return false
  }
}

/** States in which others may vote for it. */
export function takesVotes(state: QuestionState): boolean {
  return state === 'approved'
}
