import { RETENTION_RULES } from '../../shared/administration.ts'
import type { RetentionOutcome } from '../../shared/administration.ts'
import { LIMITS } from '../../shared/limits.ts'
import { lateUntil } from '../../shared/rules/sessionLifecycle.ts'
import type { Phase } from '../../shared/sessions.ts'
import type { SiteSettings } from '../../shared/site.ts'

export type Periods = SiteSettings['retention']

const DAY = 86_400_000
/** A session that nobody ended counts as over so long after its planned end. */
const ABANDONED = 30 * DAY
/** How long a picture waits for what is to show it: a form may lie open for days. */
const UNUSED = 7 * DAY

/** Before these moments (UTC ISO 8601) things are old enough. `late`: what ended before it takes nothing in any more. */
export type Cutoffs = { now: string; late: string; log: string; people: string; chat: string; verified: string; audit: string; unused: string }

/** `now` in milliseconds since 1970. */
export function cutoffs(periods: Periods, now: number): Cutoffs {
  const ago = (ms: number) => new Date(now - ms).toISOString()
  return {
    now: ago(0),
    late: ago(LIMITS.lateMinutesMax * 60_000),
    log: ago(periods.logDays * DAY),
    people: ago(periods.peopleDays * DAY),
    chat: ago(periods.chatDays * DAY),
    verified: ago(periods.verifiedDays * DAY),
    audit: ago(periods.auditDays * DAY),
    unused: ago(UNUSED),
  }
}

export type Lifetime = { id: string; phase: Phase; startsAt: string; plannedMinutes: number; endedAt: string | null; lateMinutes: number }

/** When the session was over, UTC ISO 8601. */
export function overAt({ startsAt, plannedMinutes, endedAt }: Lifetime): string {
  return endedAt ?? new Date(Date.parse(startsAt) + plannedMinutes * 60_000 + ABANDONED).toISOString()
}

/** While late questions and votes are taken, everybody has to stay known: whoever is forgotten could vote once more. */
const takesLate = ({ phase, endedAt, lateMinutes }: Lifetime, now: string): boolean => phase === 'ended' && Date.parse(now) < (lateUntil({ endedAt, settings: { lateMinutes } }) ?? 0)

/** Ids of the sessions that were over before `cutoff`, and take nothing in any more. */
export const over = (sessions: readonly Lifetime[], cutoff: string, now: string): string[] => sessions.filter((session) => overAt(session) < cutoff && !takesLate(session, now)).map(({ id }) => id)

export const noneTaken = (): RetentionOutcome => Object.fromEntries(RETENTION_RULES.map((rule) => [rule, 0])) as RetentionOutcome

/** What of an outcome is worth a note. */
export const takenOf = (outcome: RetentionOutcome): Record<string, number> => Object.fromEntries(Object.entries(outcome).filter(([, count]) => count > 0))

/**
 * What is left of what an asker wrote, once they are forgotten: nothing that was not public. That a moderator corrected the wording stays to be seen: nothing stands where it stood.
 * @param masked the original as it would have been shown
 */
export const wordingLeft = (text: string, masked: string): string => (text === masked ? text : '')
