import type { DeskQuestion, QuestionState } from '../../../shared/questions.ts'
import { may } from '../../../shared/rules/permissions.ts'
import type { Actor } from '../../../shared/rules/permissions.ts'
import { questionStep } from '../../../shared/rules/questionLifecycle.ts'
import type { DeskAction } from './shortcuts.ts'

/** In the order of their buttons: the likeliest next step of each state comes first. */
export const DESK_ACTIONS = ['air', 'answer', 'approve', 'decline', 'edit', 'take_back'] as const satisfies readonly DeskAction[]

/** What `actor` may do with a question in this state. */
export function actionsFor(state: QuestionState, actor: Actor): DeskAction[] {
  return DESK_ACTIONS.filter((action) => questionStep(state, action) !== null && may(actor, `question.${action}`))
}

/** Whether this step is undone by taking back: what the undo of a notice offers. */
export function isUndoable(action: DeskAction): boolean {
  return action === 'approve' || action === 'decline' || action === 'answer'
}

/** Where taking back leads from `state`, or null. */
export function takeBackTo(state: QuestionState): QuestionState | null {
  return questionStep(state, 'take_back')?.to ?? null
}

/** The question that another one put on air replaces, as this page sees it now. */
export function replacedBy(question: DeskQuestion, asking: readonly DeskQuestion[]): DeskQuestion | null {
  return asking.find((candidate) => candidate.id !== question.id) ?? null
}
