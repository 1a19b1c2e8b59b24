import { LIMITS } from '../../shared/limits.ts'
import { lateUntil, takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import { cleanText, countCharacters } from '../../shared/rules/text.ts'
import type { Notice, SessionView } from '../../shared/sessions.ts'

/** Why no questions are taken now: `later` they will be, `over` they were, `cancelled` the session does not take place; null when they are taken. */
export type AskingClosed = 'later' | 'over' | 'cancelled' | null

type Session = Pick<SessionView, 'phase' | 'endedAt' | 'settings'>

/** @param now the server's clock, in milliseconds since 1970 */
export function askingClosed(session: Session, now: number): AskingClosed {
  if (takesQuestions(session, now)) return null
  switch (session.phase) {
    case 'announced':
    case 'backstage':
    case 'live':
    case 'paused':
      return 'later'
    case 'ended':
    case 'archived':
      return 'over'
    case 'cancelled':
      return 'cancelled'
  }
}

/** What somebody who asks should know of how questions are taken. */
export type AskingState = {
  closed: AskingClosed
  /** Held up for now by the host. */
  paused: boolean
  /** Seconds between two questions of one person; 0: no wait. */
  slowSeconds: number
  /** Who paused or slowed it, and why. */
  notice: Notice | null
  /** Milliseconds since 1970 until when late questions are taken; null while the session has not ended. */
  lateUntil: number | null
  /** Seconds that this person still has to wait under slow mode. */
  wait: number
}

/** @param lastAt when this person's last question came in (ISO 8601), or null */
export function askingState(session: Session & Pick<SessionView, 'intake'>, lastAt: string | null, now: number): AskingState {
  const closed = askingClosed(session, now)
  const { paused, slowSeconds, notice, cut } = session.intake
  const since = lastAt === null ? Infinity : now - Date.parse(lastAt)
  return {
    closed,
    paused,
    slowSeconds,
    notice: paused || slowSeconds > 0 ? (cut ?? notice) : null,
    lateUntil: closed === null ? lateUntil(session) : null,
    wait: Math.max(0, Math.ceil((slowSeconds * 1_000 - since) / 1_000)),
  }
}

export type Length = { used: number; limit: number; /** Few are left: say how many. */ near: boolean; over: boolean; empty: boolean }

/** From this share of the limit on the counter draws attention. */
const NEAR = 0.9

/** Length of what would be kept of `text`, in characters as a reader counts them. */
export function measure(text: string, limit: number = LIMITS.questionLength): Length {
  const used = countCharacters(cleanText(text))
  return { used, limit, near: used >= limit * NEAR, over: used > limit, empty: used === 0 }
}
