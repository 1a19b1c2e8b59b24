import type { QuestionAction, QuestionState } from '../questions.ts'
import type { Relation } from './permissions.ts'
import { PERMISSIONS } from './permissions.ts'

export type QuestionStep = {
  from: QuestionState
  action: QuestionAction
  roles: readonly Relation[]
  to: QuestionState
  /** Where a step leads to different states: whether this row is for a question that was public until then. */
  wasPublic?: boolean
}

const step = (from: QuestionState, action: QuestionAction, to: QuestionState, only: Pick<QuestionStep, 'wasPublic'> = {}): QuestionStep => ({ from, action, roles: PERMISSIONS[`question.${action}`], to, ...only })

/** The life of a question, whole: from × action × role → to. What is not here is refused. */
export const QUESTION_STEPS: readonly QuestionStep[] = [
  step('pending', 'approve', 'approved'),
  step('pending', 'decline', 'declined'),
  step('pending', 'edit', 'pending'),
  step('pending', 'revise', 'pending'),
  step('pending', 'merge', 'merged'),
  step('pending', 'label', 'pending'),
  step('pending', 'assign', 'pending'),
  step('pending', 'withdraw', 'withdrawn'),
  step('approved', 'air', 'asking'),
  step('approved', 'reply', 'answered'),
  step('approved', 'decline', 'declined'),
  step('approved', 'edit', 'approved'),
  step('approved', 'merge', 'merged'),
  step('approved', 'label', 'approved'),
  step('approved', 'assign', 'approved'),
  step('approved', 'take_back', 'pending'),
  step('approved', 'withdraw', 'withdrawn'),
  step('asking', 'answer', 'answered'),
  step('asking', 'reply', 'asking'),
  step('asking', 'time', 'asking'),
  step('asking', 'edit', 'asking'),
  step('asking', 'label', 'asking'),
  step('asking', 'assign', 'asking'),
  step('asking', 'take_back', 'approved'),
  step('asking', 'withdraw', 'withdrawn'),
  step('answered', 'reply', 'answered'),
  step('answered', 'label', 'answered'),
  step('answered', 'take_back', 'approved'),
  step('answered', 'withdraw', 'withdrawn'),
  step('declined', 'take_back', 'pending'),
  step('declined', 'withdraw', 'withdrawn'),
  step('merged', 'split', 'pending', { wasPublic: false }),
  step('merged', 'split', 'approved', { wasPublic: true }),
  step('merged', 'withdraw', 'withdrawn'),
]

export const QUESTION_ACTIONS = [
  'approve',
  'decline',
  'edit',
  'revise',
  'air',
  'time',
  'answer',
  'reply',
  'merge',
  'split',
  'label',
  'assign',
  'take_back',
  'withdraw',
] as const satisfies readonly QuestionAction[]

/**
 * The step that `action` takes from `from`, or null when there is none.
 * @param wasPublic whether the question was open to votes when it came into this state (`publicAt` is kept through a merge)
 */
export function questionStep(from: QuestionState, action: QuestionAction, wasPublic = false): QuestionStep | null {
  return QUESTION_STEPS.find((row) => row.from === from && row.action === action && (row.wasPublic ?? wasPublic) === wasPublic) ?? null
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

/** States that others can be merged into: it stands for itself, and has a way to an answer. */
export function takesMerges(state: QuestionState): boolean {
  return state === 'pending' || isPublic(state)
}

/** States in which its people may say that the answer did not answer theirs, and the asker may follow up. */
export function takesObjections(state: QuestionState): boolean {
  return state === 'answered'
}
