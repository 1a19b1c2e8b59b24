import type { DeskQuestion, QuestionState } from '../../../shared/questions.ts'
import { may } from '../../../shared/rules/permissions.ts'
import type { Actor } from '../../../shared/rules/permissions.ts'
import { questionStep } from '../../../shared/rules/questionLifecycle.ts'
import type { DeskAction } from './shortcuts.ts'
import type { BulkAct } from './undo.ts'

/** In the order of their buttons: the likeliest next step of each state comes first. */
const DESK_ACTIONS = ['air', 'answer', 'approve', 'decline', 'reply', 'edit', 'merge', 'split', 'label', 'assign', 'time', 'take_back'] as const satisfies readonly DeskAction[]

/** What is done all the time has a button on the card; the rest stands in its menu. */
const ON_CARD: ReadonlySet<DeskAction> = new Set(['air', 'answer', 'approve', 'decline', 'take_back'])
/** Has its place elsewhere: the clock on air, the list of merged ones. */
const ELSEWHERE: ReadonlySet<DeskAction> = new Set(['time', 'split'])

/** What `actor` may do with a question in this state. */
export function actionsFor(state: QuestionState, actor: Actor): DeskAction[] {
  return DESK_ACTIONS.filter((action) => questionStep(state, action) !== null && may(actor, `question.${action}`))
}

/** The steps with a button on the card. Beside the air nothing else is frequent, and the card stays short. */
export function buttonsOf(actions: readonly DeskAction[]): DeskAction[] {
  return actions.includes('air') ? ['air'] : actions.filter((action) => ON_CARD.has(action))
}

/** The steps in the card's menu. */
export function menuOf(actions: readonly DeskAction[]): DeskAction[] {
  const buttons = buttonsOf(actions)
  return actions.filter((action) => !buttons.includes(action) && !ELSEWHERE.has(action))
}

export const BULK_ACTIONS = ['approve', 'decline', 'merge', 'label', 'assign', 'take_back'] as const satisfies readonly BulkAct['action'][]
export type BulkAction = (typeof BULK_ACTIONS)[number]

/** What `actor` may do with many questions in this state at once. */
export function bulkActionsFor(state: QuestionState, actor: Actor): BulkAction[] {
  return BULK_ACTIONS.filter((action) => questionStep(state, action) !== null && may(actor, `question.${action}`))
}

/** Whether `actor` can only look: no question moves for them. */
export function isReadOnly(actor: Actor): boolean {
  return !DESK_ACTIONS.some((action) => may(actor, `question.${action}`))
}

/** Where taking back leads from `state`, or null. */
export function takeBackTo(state: QuestionState): QuestionState | null {
  return questionStep(state, 'take_back')?.to ?? null
}

/** The question that another one put on air replaces, as this page sees it now. */
export function replacedBy(question: DeskQuestion, asking: readonly DeskQuestion[]): DeskQuestion | null {
  return asking.find((candidate) => candidate.id !== question.id) ?? null
}
