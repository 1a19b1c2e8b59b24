import type { Agenda, AgendaItem, AgendaRun } from '../agenda.ts'

const MINUTE = 60_000

/** Milliseconds since 1970, and lengths in milliseconds. */
export type AgendaClock = {
  item: AgendaItem
  run: AgendaRun
  elapsed: number
  /** Of the part that is on; below zero: it is over its time. */
  remaining: number
  /** How far the whole is behind the plan, as it will stand at the end of this part if that ends in time, or now if it is over it already. Below zero: ahead. */
  late: number
}

/** When each part is to begin by the plan, by id: one after another from the session's start. */
export function plannedStarts({ items }: Pick<Agenda, 'items'>, startsAt: string): Map<string, number> {
  const starts = new Map<string, number>()
  let at = Date.parse(startsAt)
  for (const { id, minutes } of items) {
    starts.set(id, at)
    at += minutes * MINUTE
  }
  return starts
}

/** The clock of the part that is on, at `now`; null when none is. */
export function agendaClock(agenda: Agenda, startsAt: string, now: number): AgendaClock | null {
  const item = agenda.items.find(({ id }) => id === agenda.current)
  const run = agenda.runs.findLast(({ itemId, endedAt }) => itemId === agenda.current && endedAt === null)
  const planned = item && plannedStarts(agenda, startsAt).get(item.id)
  if (!item || !run || planned === undefined) return null
  const started = Date.parse(run.startedAt)
  const elapsed = now - started
  const remaining = run.minutes * MINUTE - elapsed
  const ends = Math.max(now, started + run.minutes * MINUTE)
  return { item, run, elapsed, remaining, late: ends - (planned + item.minutes * MINUTE) }
}

/** The part after the one that is on, or the first; null at the end. */
export function nextItem({ items, current, runs }: Agenda): AgendaItem | null {
  if (current === null) return runs.length === 0 ? (items[0] ?? null) : null
  return items[items.findIndex(({ id }) => id === current) + 1] ?? null
}

/** How a part stands: on, over, or to come. */
export function itemStanding({ current, runs }: Pick<Agenda, 'current' | 'runs'>, itemId: string): 'on' | 'over' | 'ahead' {
  if (itemId === current) return 'on'
  return runs.some((run) => run.itemId === itemId) ? 'over' : 'ahead'
}
