import type { SessionSummary } from '../../../shared/sessions.ts'

export type Schedule = {
  /** On air or in a pause. */
  live: SessionSummary[]
  /** Announced or about to begin, the next one first. */
  upcoming: SessionSummary[]
  /** Over or cancelled, the latest first. */
  past: SessionSummary[]
}

const byStart = (a: SessionSummary, b: SessionSummary) => a.startsAt.localeCompare(b.startsAt)

/** Where each session stands on the home page. */
export function arrange(sessions: readonly SessionSummary[]): Schedule {
  const schedule: Schedule = { live: [], upcoming: [], past: [] }
  for (const session of [...sessions].sort(byStart)) {
    switch (session.phase) {
      case 'live':
      case 'paused':
        schedule.live.push(session)
        break
      case 'announced':
      case 'backstage':
        schedule.upcoming.push(session)
        break
      case 'ended':
      case 'archived':
      case 'cancelled':
        schedule.past.unshift(session)
    }
  }
  return schedule
}
