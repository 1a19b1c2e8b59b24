import type { Place } from '../../shared/floor.ts'
import type { ForumRef } from '../../shared/forums.ts'
import type { AttendeeState } from '../../shared/attendance.ts'
import type { HeldReason } from '../../shared/questions.ts'
import type { Queries } from '../db/database.ts'
import type { HandRow } from '../db/schema.ts'
import type { StoredHand } from './rules.ts'

const fromRow = ({ forumJson, heldJson, camera, ...rest }: HandRow): StoredHand => ({ ...rest, forum: JSON.parse(forumJson) as ForumRef | null, held: JSON.parse(heldJson) as HeldReason[], camera: camera === 1 })
const toRow = ({ forum, held, camera, ...rest }: StoredHand): HandRow => ({ ...rest, forumJson: JSON.stringify(forum), heldJson: JSON.stringify(held), camera: camera ? 1 : 0 })

/** Somebody on the list, as far as the floor asks. `personIds`: whose device is known as theirs. */
export type Listed = { id: string; name: string; state: AttendeeState; seat: string; tableId: string | null; forum: ForumRef | null; personIds: string[] }

const list = (db: Queries) =>
  db
    .selectFrom('attendees')
    .leftJoin('forums', 'forums.id', 'attendees.forumId')
    .select(['attendees.id', 'attendees.name', 'attendees.state', 'attendees.seat', 'attendees.tableId', 'attendees.personId', 'attendees.grantId', 'attendees.sessionId', 'attendees.createdAt', 'forums.id as forumId', 'forums.name as forumName'])

type ListedRow = Awaited<ReturnType<ReturnType<typeof list>['executeTakeFirstOrThrow']>>

async function withPeople(db: Queries, { id, name, state, seat, tableId, personId, grantId, forumId, forumName }: ListedRow): Promise<Listed> {
  const holders = grantId === null ? [] : await db.selectFrom('personGrants').select('personId').where('grantId', '=', grantId).execute()
  const personIds = [...(personId === null ? [] : [personId]), ...holders.map((holder) => holder.personId)]
  return { id, name, state, seat, tableId, forum: forumId === null || forumName === null ? null : { id: forumId, name: forumName }, personIds }
}

export type FloorStore = ReturnType<typeof createFloorStore>

export function createFloorStore(db: Queries) {
  // What is asked of one person is looked up by their own few rows: the list of a session has thousands, and everybody who comes asks.
  const grantsOf = async (personId: string) => (await db.selectFrom('personGrants').select('grantId').where('personId', '=', personId).execute()).map(({ grantId }) => grantId)

  return {
    async byId(id: string): Promise<StoredHand | null> {
      const row = await db.selectFrom('hands').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** In order of number, without those that were lowered. */
    async inSession(sessionId: string): Promise<StoredHand[]> {
      return (await db.selectFrom('hands').selectAll().where('sessionId', '=', sessionId).where('state', '!=', 'lowered').orderBy('number').execute()).map(fromRow)
    },
    /** In order of number, whatever became of them. */
    async everyOne(sessionId: string): Promise<StoredHand[]> {
      return (await db.selectFrom('hands').selectAll().where('sessionId', '=', sessionId).orderBy('number').execute()).map(fromRow)
    },
    /** This person's last one here, whatever became of it. */
    async lastOf(sessionId: string, personId: string): Promise<StoredHand | null> {
      const row = await db.selectFrom('hands').selectAll().where('sessionId', '=', sessionId).where('personId', '=', personId).orderBy('number', 'desc').limit(1).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    async insert(hand: StoredHand): Promise<void> {
      await db.insertInto('hands').values(toRow(hand)).execute()
    },
    async update(hand: StoredHand): Promise<void> {
      const { id, sessionId: _session, number: _number, personId: _person, speaker: _speaker, raisedAt: _at, ...values } = toRow(hand)
      await db.updateTable('hands').set(values).where('id', '=', id).execute()
    },
    /** All that this person raised here, or that was raised for one of these lines of the list; the lowered, too. */
    async ofPerson(sessionId: string, personId: string, attendeeIds: readonly string[]): Promise<StoredHand[]> {
      const rows = await db
        .selectFrom('hands')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where(({ eb, or }) => or([eb('personId', '=', personId), ...(attendeeIds.length === 0 ? [] : [eb('attendeeId', 'in', attendeeIds)])]))
        .orderBy('number')
        .execute()
      return rows.map(fromRow)
    },
    /** As {@link update}, under another person. */
    async rewrite(hand: StoredHand): Promise<void> {
      const { id, sessionId: _session, number: _number, raisedAt: _at, ...values } = toRow(hand)
      await db.updateTable('hands').set(values).where('id', '=', id).execute()
    },
    /** Up to `most` of a session that lead to somebody still. `forgotten`: how the id begins that stands in somebody's place. */
    async leading(sessionId: string, forgotten: string, most: number): Promise<StoredHand[]> {
      return (await db.selectFrom('hands').selectAll().where('sessionId', '=', sessionId).where('speaker', 'not like', `${forgotten}%`).orderBy('number').limit(most).execute()).map(fromRow)
    },

    /** Whether this id is a grant's: those of hosts are their seats. */
    async isGrant(id: string): Promise<boolean> {
      return (await db.selectFrom('grants').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
    },
    /** How many stand in the session's queue or have left it to speak. */
    async raisedCount(sessionId: string): Promise<number> {
      const { raised } = await db.selectFrom('hands').select(({ fn }) => fn.countAll().as('raised')).where('sessionId', '=', sessionId).where('state', 'not in', ['spoke', 'lowered']).executeTakeFirstOrThrow()
      return Number(raised)
    },
    /** The hand that the same person has raised now: under this key, or from this device. */
    async raisedBy(sessionId: string, { speaker, personId }: Pick<StoredHand, 'speaker' | 'personId'>): Promise<StoredHand | null> {
      const row = await db
        .selectFrom('hands')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where('state', 'not in', ['spoke', 'lowered'])
        .where(({ eb, or }) => or([eb('speaker', '=', speaker), ...(personId === null ? [] : [eb('personId', '=', personId)])]))
        .limit(1)
        .executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** How often the same person had the floor here: under this key, or from this device. */
    async turnsOf(sessionId: string, { speaker, personId }: Pick<StoredHand, 'speaker' | 'personId'>): Promise<number> {
      const { turns } = await db
        .selectFrom('hands')
        .select(({ fn }) => fn.countAll().as('turns'))
        .where('sessionId', '=', sessionId)
        .where('state', '=', 'spoke')
        .where(({ eb, or }) => or([eb('speaker', '=', speaker), ...(personId === null ? [] : [eb('personId', '=', personId)])]))
        .executeTakeFirstOrThrow()
      return Number(turns)
    },
    /** Who speaks on camera now, in the order in which they began. */
    async onCamera(sessionId: string): Promise<StoredHand[]> {
      const rows = await db.selectFrom('hands').selectAll().where('sessionId', '=', sessionId).where('state', '=', 'speaking').where('camera', '=', 1).orderBy('startedAt').orderBy('number').execute()
      return rows.map(fromRow)
    },

    /** This person's hand, when it has the floor on camera. */
    async onCameraOf(sessionId: string, personId: string): Promise<StoredHand | null> {
      const row = await db.selectFrom('hands').selectAll().where('personId', '=', personId).where('sessionId', '=', sessionId).where('state', '=', 'speaking').where('camera', '=', 1).executeTakeFirst()
      return row ? fromRow(row) : null
    },

    async listed(sessionId: string, attendeeId: string): Promise<Listed | null> {
      const row = await list(db).where('attendees.sessionId', '=', sessionId).where('attendees.id', '=', attendeeId).executeTakeFirst()
      return row ? withPeople(db, row) : null
    },
    /** Who this person is on the list: they hold a representative's link, or applied. Of several lines, the oldest. */
    async listedAs(sessionId: string, personId: string): Promise<Listed | null> {
      const grants = await grantsOf(personId)
      const lines = [
        ...(await list(db).where('attendees.personId', '=', personId).execute()),
        ...(grants.length === 0 ? [] : await list(db).where('attendees.grantId', 'in', grants).execute()),
      ]
      const [oldest] = lines.filter((line) => line.sessionId === sessionId).toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1))
      return oldest ? withPeople(db, oldest) : null
    },

    /** Hall for who said its code, or was let in at its door as a representative. */
    async placeOf(sessionId: string, personId: string): Promise<Place> {
      const known = await db
        .selectFrom('hallPeople')
        .select('personId')
        .where('sessionId', '=', sessionId)
        .where('personId', '=', personId)
        .unionAll(db.selectFrom('attendees').select('personId').where('personId', '=', personId).where('sessionId', '=', sessionId).where('checkedInAt', 'is not', null).$narrowType<{ personId: string }>())
        .limit(1)
        .executeTakeFirst()
      if (known) return 'hall'
      const grants = await grantsOf(personId)
      const came = grants.length === 0 ? [] : await db.selectFrom('attendees').select('sessionId').where('grantId', 'in', grants).where('checkedInAt', 'is not', null).execute()
      return came.some((line) => line.sessionId === sessionId) ? 'hall' : 'home'
    },
    async enterHall(sessionId: string, personId: string, at: string): Promise<void> {
      await db.insertInto('hallPeople').values({ sessionId, personId, at }).onConflict((conflict) => conflict.columns(['sessionId', 'personId']).doNothing()).execute()
    },
  }
}
