import type { Role } from '../accounts.ts'
import type { Phase, SessionSettings } from '../sessions.ts'

export type PhaseAction = 'open_backstage' | 'close_backstage' | 'start' | 'pause' | 'resume' | 'end' | 'archive' | 'cancel'

export type PhaseStep = { from: Phase; action: PhaseAction; role: Role; to: Phase; /** Cannot be taken back: ask first. */ final: boolean }

/** The life of a session, whole. What is not here is refused. */
export const PHASE_STEPS: readonly PhaseStep[] = [
  { from: 'announced', action: 'open_backstage', role: 'host', to: 'backstage', final: false },
  { from: 'announced', action: 'cancel', role: 'host', to: 'cancelled', final: true },
  { from: 'backstage', action: 'close_backstage', role: 'host', to: 'announced', final: false },
  { from: 'backstage', action: 'start', role: 'host', to: 'live', final: true },
  { from: 'backstage', action: 'cancel', role: 'host', to: 'cancelled', final: true },
  { from: 'live', action: 'pause', role: 'host', to: 'paused', final: false },
  { from: 'live', action: 'end', role: 'host', to: 'ended', final: true },
  { from: 'paused', action: 'resume', role: 'host', to: 'live', final: false },
  { from: 'paused', action: 'end', role: 'host', to: 'ended', final: true },
  { from: 'ended', action: 'archive', role: 'host', to: 'archived', final: true },
]

export const PHASE_ACTIONS = ['open_backstage', 'close_backstage', 'start', 'pause', 'resume', 'end', 'archive', 'cancel'] as const satisfies readonly PhaseAction[]

/** The step that `action` takes from `from`, or null when there is none. */
export function phaseStep(from: Phase, action: PhaseAction): PhaseStep | null {
  return PHASE_STEPS.find((step) => step.from === from && step.action === action) ?? null
}

/**
 * The instant cut-off. No step of the table above: whoever may `session.cut` takes it, at whatever version of the session, and it is never too late for it. What is on air pauses, the stage
 * empties, questions and chat stop; `resume` brings questions and chat back as they were, and no other step does.
 * @returns the phase it leads to, or null where nothing runs that could be cut
 */
export function cutTo(phase: Phase): 'paused' | null {
  return phase === 'live' || phase === 'paused' ? 'paused' : null
}

/** When questions stop being taken after the end, in milliseconds since 1970; null while the session has not ended. */
export function lateUntil(session: { endedAt: string | null; settings: Pick<SessionSettings, 'lateMinutes'> }): number | null {
  return session.endedAt === null ? null : Date.parse(session.endedAt) + session.settings.lateMinutes * 60_000
}

/** Whether residents may send questions and votes at `now` (milliseconds since 1970). A pause of the intake is another matter: see `session.intake`. */
export function takesQuestions(session: { phase: Phase; endedAt: string | null; settings: Pick<SessionSettings, 'askBefore' | 'lateMinutes'> }, now: number): boolean {
  switch (session.phase) {
    case 'live':
    case 'paused':
      return true
    case 'announced':
    case 'backstage':
      return session.settings.askBefore
    case 'ended':
      return now < (lateUntil(session) ?? 0)
    case 'archived':
    case 'cancelled':
      return false
  }
}

/** When a question that comes in during `phase` counts as asked. */
export function askedIn(phase: Phase): 'before' | 'during' | 'after' {
  switch (phase) {
    case 'announced':
    case 'backstage':
      return 'before'
    case 'live':
    case 'paused':
      return 'during'
    case 'ended':
    case 'archived':
    case 'cancelled':
      return 'after'
  }
}

/** Whether chat is open now. */
export function takesChat(phase: Phase, settings: Pick<SessionSettings, 'chatEnabled'>): boolean {
  return settings.chatEnabled && (phase === 'live' || phase === 'paused' || phase === 'backstage' || phase === 'announced')
}

/** Whether cameras may be connected: from the green room until the end. */
export function takesMedia(phase: Phase): boolean {
  return phase === 'backstage' || phase === 'live' || phase === 'paused'
}
