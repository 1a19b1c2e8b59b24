import { NOBODY } from '../../shared/attendance.ts'
import type { Hall } from '../../shared/attendance.ts'
import type { Queries } from '../db/database.ts'

export type AttendanceStore = ReturnType<typeof createAttendanceStore>

export function createAttendanceStore(db: Queries) {
  return {
    /** How many of a session's list are in each state, and how many have come. */
    async figures(sessionId: string): Promise<Hall['figures']> {
      const rows = await db
        .selectFrom('attendees')
        .select(({ fn }) => ['state', fn.countAll().as('people'), fn.count('checkedInAt').as('here')])
        .where('sessionId', '=', sessionId)
        .groupBy('state')
        .execute()
      const figures = { ...NOBODY }
      for (const { state, people, here } of rows) {
        figures[state] = Number(people)
        figures.checkedIn += Number(here)
      }
      return figures
    },
  }
}
