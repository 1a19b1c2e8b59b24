import { LIMITS } from '../../shared/limits.ts'
import type { Phase, SessionSettings } from '../../shared/sessions.ts'
import { takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import { cleanText, countCharacters } from '../../shared/rules/text.ts'

/** Why no questions are taken now: `later` they will be, `over` they were, `cancelled` the session does not take place; null when they are taken. */
export type AskingClosed = 'later' | 'over' | 'cancelled' | null

export function askingClosed(phase: Phase, settings: Pick<SessionSettings, 'askBefore'>): AskingClosed {
  if (takesQuestions(phase, settings)) return null
  switch (phase) {
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

export type Length = { used: number; limit: number; /** Few are left: say how many. */ near: boolean; over: boolean; empty: boolean }

/** From this share of the limit on the counter draws attention. */
const NEAR = 0.9

/** Length of what would be kept of `text`, in characters as a reader counts them. */
export function measure(text: string, limit: number = LIMITS.questionLength): Length {
  const used = countCharacters(cleanText(text))
  return { used, limit, near: used >= limit * NEAR, over: used > limit, empty: used === 0 }
}
