import type { Queries } from '../db/database.ts'
import type { SessionRow } from '../db/schema.ts'
import { LEDGER_GENESIS } from '../../shared/ledger.ts'
import { EMPTY_AGENDA } from '../../shared/agenda.ts'
import type { Agenda } from '../../shared/agenda.ts'
import type { Announcement, AttendanceSettings } from '../../shared/attendance.ts'
import { EMPTY_FLOOR } from '../../shared/floor.ts'
import type { Floor } from '../../shared/floor.ts'
import { DEFAULT_SETTINGS, OPEN_INTAKE } from '../../shared/sessions.ts'
import type { CreateSession, Guest, Intake, Seal, SessionSettings } from '../../shared/sessions.ts'
import type { StoredSession } from './rules.ts'

/** Nobody is invited yet; the hall's code is made with the first settings. */
const NO_ATTENDANCE: AttendanceSettings = { version: 0, venue: '', seats: 0, quotas: [], applyUntil: null, hallCode: '' }

export function fromRow(row: SessionRow): StoredSession {
  const { guestsJson, settingsJson, onAirJson, intakeJson, wordsJson, sealJson, agendaJson, floorJson, attendanceJson, announcementJson, mutedJson, ...rest } = row
  const attendance = { ...NO_ATTENDANCE, ...(JSON.parse(attendanceJson) as Partial<AttendanceSettings>) }
  return {
    ...rest,
    guests: JSON.parse(guestsJson) as Guest[],
    // What was written before a setting existed gets its default.
    settings: { ...DEFAULT_SETTINGS, ...(JSON.parse(settingsJson) as Partial<SessionSettings>) },
    intake: { ...OPEN_INTAKE, ...(JSON.parse(intakeJson) as Partial<Intake>) },
    onAir: JSON.parse(onAirJson) as string[],
    words: JSON.parse(wordsJson) as string[],
    seal: JSON.parse(sealJson) as Seal | null,
    agenda: { ...EMPTY_AGENDA, ...(JSON.parse(agendaJson) as Partial<Agenda>) },
    floor: { ...EMPTY_FLOOR, ...(JSON.parse(floorJson) as Partial<Floor>) },
    attendance,
    announcement: JSON.parse(announcementJson) as Announcement | null,
    muted: JSON.parse(mutedJson) as string[],
  }
}

export function toRow(session: StoredSession): SessionRow {
  const { guests, settings, intake, onAir, words, seal, agenda, floor, attendance, announcement, muted, ...rest } = session
  return {
    ...rest,
    guestsJson: JSON.stringify(guests),
    settingsJson: JSON.stringify(settings),
    intakeJson: JSON.stringify(intake),
    onAirJson: JSON.stringify(onAir),
    wordsJson: JSON.stringify(words),
    sealJson: JSON.stringify(seal),
    agendaJson: JSON.stringify(agenda),
    floorJson: JSON.stringify(floor),
    attendanceJson: JSON.stringify(attendance),
    announcementJson: JSON.stringify(announcement),
    mutedJson: JSON.stringify(muted),
  }
}

export type SessionStore = ReturnType<typeof createSessionStore>

export function createSessionStore(db: Queries) {
  return {
    async byId(id: string): Promise<StoredSession | null> {
      const row = await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? fromRow(row) : null
    },

    /** Every session, newest start first. */
    async all(): Promise<StoredSession[]> {
      const rows = await db.selectFrom('sessions').selectAll().orderBy('startsAt', 'desc').limit(500).execute()
      return rows.map(fromRow)
    },

    /** Symposiums that are not over and start after `from` and until `to`. */
    async symposiumsBetween(from: string, to: string): Promise<{ id: string; startsAt: string }[]> {
      return db.selectFrom('sessions').select(['id', 'startsAt']).where('kind', '=', 'symposium').where('startsAt', '>', from).where('startsAt', '<=', to).where('endedAt', 'is', null).execute()
    },

    /** Answered questions per session. */
    async answeredCounts(): Promise<Map<string, number>> {
      const rows = await db
        .selectFrom('questions')
        .select(({ fn }) => ['sessionId', fn.countAll().as('count')])
        .where('state', '=', 'answered')
        .groupBy('sessionId')
        .execute()
      return new Map(rows.map((row) => [row.sessionId, Number(row.count)]))
    },

    /** @returns false when the id is taken */
    async insert(input: CreateSession, createdBy: string, now: string): Promise<boolean> {
      const row = toRow({
        ...input,
        phase: 'announced',
        version: 1,
        onAir: [],
        wentLiveAt: null,
        endedAt: null,
        createdAt: now,
        createdBy,
        seq: 0,
        questionCount: 0,
        pollCount: 0,
        intake: OPEN_INTAKE,
        words: [],
        seal: null,
        agenda: EMPTY_AGENDA,
        floor: EMPTY_FLOOR,
        attendance: NO_ATTENDANCE,
        announcement: null,
        muted: [],
        handCount: 0,
        spotCount: 0,
        ledgerIndex: 0,
        ledgerHead: LEDGER_GENESIS,
      })
      const result = await db
        .insertInto('sessions')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },

    /** Heads of the logs of `ids`. */
    async heads(ids: string[]): Promise<Map<string, number>> {
      if (ids.length === 0) return new Map()
      const rows = await db.selectFrom('sessions').select(['id', 'seq']).where('id', 'in', ids).execute()
      return new Map(rows.map((row) => [row.id, row.seq]))
    },
  }
}
