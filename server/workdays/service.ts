import type { DueDate } from '../../shared/administration.ts'
import type { Access } from '../accounts/access.ts'
import { DUE_AFTER, dueDate } from './rules.ts'
import type { Calendar, Overrides } from './rules.ts'

export type WorkdayService = ReturnType<typeof createWorkdayService>

export function createWorkdayService(deps: { access: Access; calendar: Calendar; overrides: () => Promise<Overrides> }) {
  const { access, calendar, overrides } = deps
  return {
    /** When something that is handed over on `from` (YYYY-MM-DD) is due. @throws RefusedError `forbidden` */
    async due(personId: string, from: string): Promise<DueDate> {
      await access.require(personId, null, 'system.view')
      return dueDate(from, DUE_AFTER, calendar, await overrides())
    },
  }
}
