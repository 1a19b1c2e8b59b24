import { may } from '../../../shared/rules/permissions.ts'
import type { Actor } from '../../../shared/rules/permissions.ts'
import { PHASE_STEPS } from '../../../shared/rules/sessionLifecycle.ts'
import type { PhaseAction } from '../../../shared/rules/sessionLifecycle.ts'
import type { Phase } from '../../../shared/sessions.ts'

/** Steps that turn back or give up: kept apart, so that nobody takes them for the next one. */
const RARE: ReadonlySet<PhaseAction> = new Set(['close_backstage', 'cancel'])

/** The steps that `actor` may take from `phase`: those that lead on, and the rare ones. */
export function phaseActionsFor(phase: Phase, actor: Actor): { main: PhaseAction[]; rare: PhaseAction[] } {
  if (!may(actor, 'session.phase')) return { main: [], rare: [] }
  const actions = PHASE_STEPS.filter((step) => step.from === phase).map((step) => step.action)
  return { main: actions.filter((action) => !RARE.has(action)), rare: actions.filter((action) => RARE.has(action)) }
}
