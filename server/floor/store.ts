import type { Place } from '../../shared/floor.ts'
import type { ForumRef } from '../../shared/forums.ts'
import type { HeldReason } from '../../shared/questions.ts'
import type { Queries } from '../db/database.ts'
import type { HandRow } from '../db/schema.ts'
import type { StoredHand } from './rules.ts'

const fromRow = ({ forumJson, heldJson, camera, ...rest }: HandRow): StoredHand => ({ ...rest, forum: JSON.parse(forumJson) as ForumRef | null, held: JSON.parse(heldJson) as HeldReason[], camera: camera === 1 })
const toRow = ({ forum, held, camera, ...rest }: StoredHand): HandRow => ({ ...rest, forumJson: JSON.stringify(forum), heldJson: JSON.stringify(held), camera: camera ? 1 : 0 })

export type FloorStore = ReturnType<typeof createFloorStore>

export function createFloorStore(db: Queries) {
  return {
    async byId(id: string): Promise<StoredHand | null> {
      const row = await db.selectFrom('hands').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** In order of number, without those that were lowered. */
    async inSession(sessionId: string): Promise<StoredHand[]> {
      return (await db.selectFrom('hands').selectAll().where('sessionId', '=', sessionId).where('state', '!=', 'lowered').orderBy('number').execute()).map(fromRow)
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

    /** Hall for who said its code, or was let in at its door as a representative. */
    async placeOf(sessionId: string, personId: string): Promise<Place> {
      const said = await db.selectFrom('hallPeople').select('at').where('sessionId', '=', sessionId).where('personId', '=', personId).executeTakeFirst()
      if (said) return 'hall'
      const here = await db
        .selectFrom('attendees')
        .leftJoin('personGrants', 'personGrants.grantId', 'attendees.grantId')
        .select('attendees.id')
        .where('attendees.sessionId', '=', sessionId)
        .where('attendees.checkedInAt', 'is not', null)
        .where(({ eb, or }) => or([eb('attendees.personId', '=', personId), eb('personGrants.personId', '=', personId)]))
        .limit(1)
        .executeTakeFirst()
      return here ? 'hall' : 'home'
    },
    async enterHall(sessionId: string, personId: string, at: string): Promise<void> {
      await db.insertInto('hallPeople').values({ sessionId, personId, at }).onConflict((conflict) => conflict.columns(['sessionId', 'personId']).doNothing()).execute()
    },
  }
}
