import type { DueDate } from '../../shared/administration.ts'
import { countyDate, monthAfter } from '../../shared/rules/county.ts'
import type { DueChoice } from '../../shared/spot.ts'
import type { Access } from '../accounts/access.ts'
import { CHOICES, DUE_AFTER, dayOf, dueDate } from './rules.ts'
import type { Calendar, Overrides } from './rules.ts'

export type WorkdayService = ReturnType<typeof createWorkdayService>

export function createWorkdayService(deps: { access: Access; calendar: Calendar; overrides: () => Promise<Overrides>; now: () => Date }) {
  const { access, calendar, overrides, now } = deps
  return {
    /** When something that is handed over on `from` (YYYY-MM-DD) is due. @throws RefusedError `forbidden` */
    async due(personId: string, from: string): Promise<DueDate> {
      await access.require(personId, null, 'system.view')
      return dueDate(from, DUE_AFTER, calendar, await overrides())
    },

    /** Dates that are promised often, counted from today in the county. Anybody may ask: the calendar is public. */
    async choices(): Promise<DueChoice[]> {
      const own = await overrides()
      const today = countyDate(now().getTime())
      const month = monthAfter(today)
      const inDays = CHOICES.map((days) => {
        const { due, provisional } = dueDate(today, days, calendar, own)
        return { days, due, provisional }
      })
      return [...inDays, { days: null, due: month, provisional: dayOf(month, calendar, own).provisional }]
    },
  }
}
