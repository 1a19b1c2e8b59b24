import type { DeskQuestion } from '../../../shared/questions.ts'
import type { Phase } from '../../../shared/sessions.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** From when a question awaiting review has waited long: while everybody watches, and otherwise. Milliseconds. */
const LATE = { live: 5 * MINUTE, else: DAY }

export type Waiting = { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number }

/** How long something has waited at `now` (ms), in the coarsest unit that still says it. A clock ahead of the server's counts as now. */
export function waitingSince(since: string, now: number): Waiting {
  const passed = now - Date.parse(since)
  if (passed >= DAY) return { unit: 'days', count: Math.floor(passed / DAY) }
  if (passed >= HOUR) return { unit: 'hours', count: Math.floor(passed / HOUR) }
  if (passed >= MINUTE) return { unit: 'minutes', count: Math.floor(passed / MINUTE) }
  return { unit: 'now', count: 0 }
}

/** The server's time in milliseconds, and what decides how long is long. */
export type Clock = { now: number; phase: Phase; wentLiveAt: string | null }

/** Whether a question has waited too long for its review. What came in before the session went on air is given the same time from then on. */
export function isLate(question: Pick<DeskQuestion, 'state' | 'submittedAt'>, { now, phase, wentLiveAt }: Clock): boolean {
  if (question.state !== 'pending') return false
  const since = Date.parse(question.submittedAt)
  if (now - since >= LATE.else) return true
  const live = phase === 'live' || phase === 'paused'
  return live && now - Math.max(since, wentLiveAt === null ? 0 : Date.parse(wentLiveAt)) >= LATE.live
}
