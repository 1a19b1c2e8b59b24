import type { DeskQuestion, QuestionBulk, QuestionState } from '../../../shared/questions.ts'
import { questionStep } from '../../../shared/rules/questionLifecycle.ts'
import type { ActionInput } from './input.ts'

export type BulkAct = QuestionBulk['act']

/** The state into which `input` brings a question. */
export function stateAfter(question: DeskQuestion, input: ActionInput): QuestionState {
  return questionStep(question.state, input.action, question.publicAt !== null)?.to ?? question.state
}

/** What takes `input` back from a question that stood as `before`, or null when nothing does without loss. */
export function undoOf(before: DeskQuestion, input: ActionInput): ActionInput | null {
  switch (input.action) {
    case 'approve':
    case 'answer':
      return { action: 'take_back' }
    case 'decline':
      return before.state === 'pending' ? { action: 'take_back' } : null
    case 'merge':
      return { action: 'split' }
    case 'split':
      return before.mergedInto && { action: 'merge', intoId: before.mergedInto.id }
    case 'label':
      return { action: 'label', topicId: before.topicId }
    case 'assign':
      return { action: 'assign', guestId: before.guestId }
    case 'edit':
      return { action: 'edit', text: before.text }
    case 'take_back':
      return before.state === 'approved' ? { action: 'approve' } : null
    case 'air':
    case 'time':
    case 'reply':
      return null
  }
}

export type BulkUndo = { act: BulkAct; targets: { questionId: string; expectedVersion: number }[] }

/** What takes a bulk action back: one request for each step that differs (labels go back to what each had before). */
export function undoOfBulk(before: ReadonlyMap<string, DeskQuestion>, act: BulkAct, done: readonly { id: string; version: number }[]): BulkUndo[] {
  const groups = new Map<string, BulkUndo>()
  for (const { id, version } of done) {
    const question = before.get(id)
    const undo = question ? bulkUndoOf(question, act) : null
    if (!undo) continue
    const key = JSON.stringify(undo)
    const group = groups.get(key) ?? { act: undo, targets: [] }
    group.targets.push({ questionId: id, expectedVersion: version })
    groups.set(key, group)
  }
  return [...groups.values()]
}

function bulkUndoOf(question: DeskQuestion, act: BulkAct): BulkAct | null {
  const undo = undoOf(question, act)
  if (undo === null) return null
  switch (undo.action) {
    case 'approve':
    case 'take_back':
    case 'merge':
    case 'split':
    case 'label':
    case 'assign':
      return undo
    case 'decline':
    case 'edit':
    case 'air':
    case 'time':
    case 'answer':
    case 'reply':
      return null
  }
}
