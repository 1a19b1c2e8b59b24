import { NOBODY } from '../../shared/attendance.ts'
import type { Hall } from '../../shared/attendance.ts'
import type { Queries } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import type { StoredAttendee } from './rules.ts'

/** 21 bound values a row: stays below SQLite's limit of 32,766. */
const ROWS_PER_STATEMENT = 500

function* slices<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) yield items.slice(start, start + ROWS_PER_STATEMENT)
}

/** One thing that a door reported. `at`: when it happened, as of our clock. */
export type StoredCheckIn = Omit<Schema['checkIns'], 'undo'> & { undo: boolean }

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
    /** A session's list, oldest first. */
    async inSession(sessionId: string): Promise<StoredAttendee[]> {
      return db.selectFrom('attendees').selectAll().where('sessionId', '=', sessionId).orderBy('createdAt').orderBy('id').execute()
    },
    async byId(id: string): Promise<StoredAttendee | null> {
      return (await db.selectFrom('attendees').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
    },
    /** Which of `ids` are on another session's list. */
    async elsewhere(sessionId: string, ids: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>()
      for (const slice of slices(ids)) {
        for (const { id } of await db.selectFrom('attendees').select('id').where('id', 'in', slice).where('sessionId', '!=', sessionId).execute()) found.add(id)
      }
      return found
    },
    /** This person's line: by the link of an invitation that they hold, the one opened last, or by what they applied with. */
    async ofPerson(sessionId: string, personId: string): Promise<StoredAttendee | null> {
      const invited = await db
        .selectFrom('attendees')
        .innerJoin('personGrants', 'personGrants.grantId', 'attendees.grantId')
        .selectAll('attendees')
        .where('attendees.sessionId', '=', sessionId)
        .where('personGrants.personId', '=', personId)
        .orderBy('personGrants.at', 'desc')
        .orderBy('attendees.id')
        .limit(1)
        .executeTakeFirst()
      if (invited) return invited
      return (await db.selectFrom('attendees').selectAll().where('sessionId', '=', sessionId).where('personId', '=', personId).orderBy('createdAt', 'desc').limit(1).executeTakeFirst()) ?? null
    },
    /** All lines of this person: by links that they hold, and by what they applied with. */
    async allOfPerson(sessionId: string, personId: string): Promise<StoredAttendee[]> {
      return db
        .selectFrom('attendees')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where(({ eb, or, selectFrom }) => or([eb('personId', '=', personId), eb('grantId', 'in', selectFrom('personGrants').select('personGrants.grantId').where('personGrants.personId', '=', personId))]))
        .execute()
    },
    /** The people behind a line: whoever holds its link, or applied. */
    async peopleBehind({ grantId, personId }: Pick<StoredAttendee, 'grantId' | 'personId'>): Promise<string[]> {
      if (grantId === null) return personId === null ? [] : [personId]
      return (await db.selectFrom('personGrants').select('personId').where('grantId', '=', grantId).execute()).map((row) => row.personId)
    },
    /** Ids of those on a session's list of whom somebody has a device that wants to be told. */
    async withDevices(sessionId: string): Promise<Set<string>> {
      const invited = await db
        .selectFrom('attendees')
        .innerJoin('personGrants', 'personGrants.grantId', 'attendees.grantId')
        .innerJoin('pushSubscriptions', 'pushSubscriptions.personId', 'personGrants.personId')
        .select('attendees.id')
        .where('attendees.sessionId', '=', sessionId)
        .execute()
      const applied = await db.selectFrom('attendees').innerJoin('pushSubscriptions', 'pushSubscriptions.personId', 'attendees.personId').select('attendees.id').where('attendees.sessionId', '=', sessionId).execute()
      return new Set([...invited, ...applied].map(({ id }) => id))
    },

    async insert(attendees: readonly StoredAttendee[]): Promise<void> {
      for (const slice of slices(attendees)) await db.insertInto('attendees').values(slice).execute()
    },
    async update({ id, ...values }: StoredAttendee): Promise<void> {
      await db.updateTable('attendees').set(values).where('id', '=', id).execute()
    },

    /** That somebody said the code of the hall. */
    async removePresence(sessionId: string, personId: string): Promise<void> {
      await db.deleteFrom('hallPeople').where('sessionId', '=', sessionId).where('personId', '=', personId).execute()
    },
    /** Up to `most` of a session who have a name still. */
    async named(sessionId: string, most: number): Promise<StoredAttendee[]> {
      return db.selectFrom('attendees').selectAll().where('sessionId', '=', sessionId).where('name', '!=', '').orderBy('createdAt').orderBy('id').limit(most).execute()
    },

    /** Which of these reports are known already. */
    async reported(ids: readonly string[]): Promise<Set<string>> {
      const known = new Set<string>()
      for (const slice of slices(ids)) for (const { id } of await db.selectFrom('checkIns').select('id').where('id', 'in', slice).execute()) known.add(id)
      return known
    },
    async report(checkIns: readonly StoredCheckIn[]): Promise<void> {
      for (const slice of slices(checkIns)) await db.insertInto('checkIns').values(slice.map((checkIn) => ({ ...checkIn, undo: checkIn.undo ? 1 : 0 }))).execute()
    },
    /** All that doors reported of these people, by person. */
    async reportsOf(sessionId: string, attendeeIds: readonly string[]): Promise<Map<string, StoredCheckIn[]>> {
      const reports = new Map<string, StoredCheckIn[]>()
      for (const slice of slices(attendeeIds)) {
        for (const row of await db.selectFrom('checkIns').selectAll().where('sessionId', '=', sessionId).where('attendeeId', 'in', slice).execute()) {
          const known = reports.get(row.attendeeId)
          const report = { ...row, undo: row.undo === 1 }
          if (known) known.push(report)
          else reports.set(row.attendeeId, [report])
        }
      }
      return reports
    },
  }
}
