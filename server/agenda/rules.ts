import type { Agenda, AgendaItem, AgendaRun } from '../../shared/agenda.ts'
import type { Floor } from '../../shared/floor.ts'
import { LIMITS } from '../../shared/limits.ts'

/** More would only make every page's agenda longer: of a part that was on many times, the oldest go first. */
const RUNS_KEPT = 100

const within = (minutes: number) => Math.min(LIMITS.agendaMinutesMax, Math.max(1, minutes))

/** Whether `items` leave out a part that is or was on. */
export const losesRun = ({ runs }: Pick<Agenda, 'runs'>, items: readonly Pick<AgendaItem, 'id'>[]): boolean => runs.some(({ itemId }) => !items.some(({ id }) => id === itemId))

/** Whether a save says what is kept already: its answer was lost, and it comes again. */
export const sameItems = (a: readonly AgendaItem[], b: readonly AgendaItem[]): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The agenda with another list. The part that is on has as much more or less time as its plan now says. */
export function withItems(agenda: Agenda, items: AgendaItem[]): Agenda {
  const planned = (list: readonly AgendaItem[], id: string) => list.find((item) => item.id === id)?.minutes ?? 0
  const runs = agenda.runs.map((run) => (run.endedAt === null ? { ...run, minutes: within(run.minutes + planned(items, run.itemId) - planned(agenda.items, run.itemId)) } : run))
  return { ...agenda, version: agenda.version + 1, items, runs }
}

const ended = (runs: readonly AgendaRun[], now: string): AgendaRun[] => runs.map((run) => (run.endedAt === null ? { ...run, endedAt: now } : run))

/** `runs` at their most, without any part's last one. */
function trimmed(runs: AgendaRun[]): AgendaRun[] {
  if (runs.length <= RUNS_KEPT) return runs
  const old = runs.findIndex(({ itemId }, index) => runs.some((later, place) => place > index && later.itemId === itemId))
  return trimmed(runs.toSpliced(old, 1))
}

/** Ends what is on and begins `item`; null: nothing further. */
export function goTo(agenda: Agenda, item: AgendaItem | null, now: string): Agenda {
  const runs = ended(agenda.runs, now)
  if (item) runs.push({ itemId: item.id, startedAt: now, endedAt: null, minutes: item.minutes })
  return { ...agenda, version: agenda.version + 1, current: item?.id ?? null, runs: trimmed(runs) }
}

/** More time for what is on, or less; null when nothing is, or when it would change nothing. */
export function extended(agenda: Agenda, minutes: number): Agenda | null {
  const before = agenda.runs.find(({ endedAt }) => endedAt === null)
  if (!before || within(before.minutes + minutes) === before.minutes) return null
  return { ...agenda, version: agenda.version + 1, runs: agenda.runs.map((run) => (run === before ? { ...run, minutes: within(run.minutes + minutes) } : run)) }
}

/** The floor when `to` begins: open with the open floor, closed with closing words and at the end. Null: it stays as it is. */
export function floorAt(floor: Floor, to: AgendaItem | null): Floor | null {
  const open = to === null || to.kind === 'closing' ? false : to.kind === 'open_floor' ? true : floor.open
  return open === floor.open ? null : { ...floor, open, version: floor.version + 1 }
}
