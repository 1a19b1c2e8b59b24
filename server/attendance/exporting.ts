import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditNote } from '../audit/rules.ts'
import { csvFrom } from '../exports/csv.ts'
import type { Language } from '../exports/words.ts'
import type { Phones } from './phones.ts'
import { attendeeTable } from './table.ts'
import type { AttendanceViews, Consistent } from './viewing.ts'

/** The list as a file, with the numbers by which whoever must be told by hand is called: that it was taken out is an act. */
export function createAttendeeExport(deps: { access: Access; consistent: Consistent; views: Pick<AttendanceViews, 'session'>; phones: Phones; note: (note: AuditNote) => Promise<void> }) {
  const { access, consistent, views, phones, note } = deps
  return {
    /** CSV. @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview */
    async table(personId: string, sessionId: string, language: Language, address: string): Promise<string> {
      await access.require(personId, sessionId, 'attendance.manage')
      const { title, lines } = await consistent(async (stores) => {
        const session = await views.session(stores, sessionId)
        const list = await stores.attendance.inSession(sessionId)
        return { title: session.title, lines: attendeeTable(list, await stores.forums.all(), session.floor.tables, phones.open, language) }
      })
      await note({ ...(await auditActor(access, personId, address)), action: 'export', subject: title, sessionId, detail: { as: 'csv', people: lines.length - 1 } })
      return csvFrom(lines)
    },
  }
}
