import { may } from '../../shared/rules/permissions.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import type { SessionView } from '../../shared/sessions.ts'

/** How long a first press counts, in milliseconds. */
export const ARMED_FOR = 4_000
/** A second press within this time is the same slip: a double-click, a bouncing finger. */
export const SLIP = 350

type Session = Pick<SessionView, 'phase' | 'intake'>

/** Whether `actor` may cut everything off now: while there is something that the public sees. */
export function cutOffered({ phase, intake }: Session, actor: Actor): boolean {
  return may(actor, 'session.cut') && intake.cut === null && (phase === 'live' || phase === 'paused')
}

/** What a press means, `since` milliseconds after the one before it (null: there was none). */
export function pressMeans(since: number | null): 'arm' | 'slip' | 'cut' {
  if (since === null || since > ARMED_FOR) return 'arm'
  return since < SLIP ? 'slip' : 'cut'
}
