import type { Agenda, AgendaItem } from '../../shared/agenda.ts'
import { agendaClock, nextItem } from '../../shared/rules/agenda.ts'
import type { SessionView } from '../../shared/sessions.ts'

const MINUTE = 60_000

/** before: nothing was on yet · on: a part is · between: something was on and nothing is now · over: the session has ended. */
type Standing = 'none' | 'before' | 'on' | 'between' | 'over'

export type ClockFace = {
  /** none: there is no agenda. */
  standing: Standing
  /** The part that is on. */
  item: AgendaItem | null
  next: AgendaItem | null
  /** The part that is on has used up its time. */
  over: boolean
  /** Whole seconds that are left to it, or that it is over its time. */
  seconds: number
  /** Share of its time that is used, from 0 to 1. */
  used: number
  /** Whole minutes that the whole is behind the plan; below zero: ahead of it. */
  lateMinutes: number
}

function standingOf({ items, current, runs }: Agenda, { phase }: Pick<SessionView, 'phase'>): Standing {
  if (items.length === 0) return 'none'
  if (current !== null) return 'on'
  if (phase === 'ended' || phase === 'archived' || phase === 'cancelled') return 'over'
  return runs.length === 0 ? 'before' : 'between'
}

/** What the agenda's clock shows at `now` (milliseconds since 1970), the same on every screen. */
export function clockFace(agenda: Agenda, session: Pick<SessionView, 'phase' | 'startsAt'>, now: number): ClockFace {
  const clock = agendaClock(agenda, session.startsAt, now)
  const common = { standing: standingOf(agenda, session), next: nextItem(agenda) }
  if (!clock) return { ...common, item: null, over: false, seconds: 0, used: 0, lateMinutes: 0 }
  const { item, run, remaining, elapsed, late } = clock
  const over = remaining < 0
  return {
    ...common,
    item,
    over,
    // What is left rounds up and what is too much rounds down: 00:00 is the last instant in time.
    seconds: over ? Math.floor(-remaining / 1_000) : Math.ceil(remaining / 1_000),
    used: Math.min(1, Math.max(0, elapsed / (run.minutes * MINUTE))),
    lateMinutes: Math.trunc(late / MINUTE),
  }
}
