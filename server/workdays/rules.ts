import type { DueDate } from '../../shared/administration.ts'
import type { SiteSettings } from '../../shared/site.ts'

type Names = DueDate['days'][number]['name']
/** Dates are YYYY-MM-DD as the county's clocks have them. `published`: the years whose holidays are known. */
export type Calendar = { published: ReadonlySet<number>; holidays: ReadonlyMap<string, Names>; makeUpDays: ReadonlyMap<string, Names> }
export type Overrides = SiteSettings['workdays']
export type Day = DueDate['days'][number] & { provisional: boolean }

/** Working days that an office has for its answer. */
export const DUE_AFTER = 5
/** Working days that are promised often. */
export const CHOICES = [3, 5, 10]
const NO_NAME: Names = { 'zh-CN': '', en: '' }
const DAY_MS = 86_400_000

const instantOf = (date: string) => Date.parse(`${date}T00:00:00Z`)
const dayAfter = (date: string): string => new Date(instantOf(date) + DAY_MS).toISOString().slice(0, 10)

/** The years whose published holidays decide over a date: the bridge around New Year comes with the next year's. */
const yearsOf = (date: string): number[] => {
  const year = Number(date.slice(0, 4))
  return date.slice(5) >= '12-29' ? [year, year + 1] : [year]
}

/** What a date is: as the installation has it, else as published, else by its weekday. `provisional`: nobody has said so yet. */
export function dayOf(date: string, calendar: Calendar, overrides: Overrides): Day {
  const own = overrides.find((override) => override.date === date)
  if (own) return { date, working: own.working, name: { 'zh-CN': own.note, en: own.note }, provisional: false }
  const makeUp = calendar.makeUpDays.get(date)
  if (makeUp) return { date, working: true, name: makeUp, provisional: false }
  const holiday = calendar.holidays.get(date)
  if (holiday) return { date, working: false, name: holiday, provisional: false }
  const weekday = new Date(instantOf(date)).getUTCDay()
  return { date, working: weekday !== 0 && weekday !== 6, name: NO_NAME, provisional: !yearsOf(date).every((year) => calendar.published.has(year)) }
}

export const isWorkingDay = (date: string, calendar: Calendar, overrides: Overrides): boolean => dayOf(date, calendar, overrides).working

/** When something that is handed over on `from` is due: at the end of the `after`th working day, the first being the working day after. */
export function dueDate(from: string, after: number, calendar: Calendar, overrides: Overrides): DueDate {
  const days: Day[] = []
  let left = after
  for (let date = dayAfter(from); left > 0; date = dayAfter(date)) {
    const day = dayOf(date, calendar, overrides)
    if (day.working) left--
    days.push(day)
  }
  return { from, due: days.at(-1)?.date ?? from, days: days.map(({ date, working, name }) => ({ date, working, name })), provisional: days.some(({ provisional }) => provisional) }
}
