import { sql } from 'kysely'
import type { RetentionOutcome } from '../../shared/administration.ts'
import { unnamedAttendee } from '../attendance/rules.ts'
import { createAttendanceStore } from '../attendance/store.ts'
import type { Queries } from '../db/database.ts'
import { unnamedHand } from '../floor/rules.ts'
import { createFloorStore } from '../floor/store.ts'
import { FORGOTTEN, newAlias } from '../questions/forgetting.ts'

export type PresenceRetention = ReturnType<typeof createPresenceRetention>

/** Who came to sessions that are long over, and who raised a hand there. */
export function createPresenceRetention(db: Queries) {
  const hands = createFloorStore(db)
  const attendees = createAttendanceStore(db)
  const all = sql<number | string>`count(*)`.as('count')
  const count = async (query: { executeTakeFirstOrThrow: () => Promise<{ count: number | string }> }) => Number((await query.executeTakeFirstOrThrow()).count)

  return {
    /** How much of a session leads to people still. */
    async leftOf(sessionId: string): Promise<Pick<RetentionOutcome, 'hands' | 'attendees' | 'check_ins' | 'hall_people'>> {
      return {
        hands: await count(db.selectFrom('hands').select(all).where('sessionId', '=', sessionId).where('speaker', 'not like', `${FORGOTTEN}%`)),
        attendees: await count(db.selectFrom('attendees').select(all).where('sessionId', '=', sessionId).where('name', '!=', '')),
        check_ins: await count(db.selectFrom('checkIns').select(all).where('sessionId', '=', sessionId)),
        hall_people: await count(db.selectFrom('hallPeople').select(all).where('sessionId', '=', sessionId)),
      }
    },
    /** @returns how many hands it took, at most `most` */
    async takeHands(sessionId: string, most: number): Promise<number> {
      const left = await hands.leading(sessionId, FORGOTTEN, most)
      for (const hand of left) await hands.rewrite(unnamedHand(hand, newAlias()))
      return left.length
    },
    /** With the names that their links bear. @returns how many lines it took, at most `most` */
    async takeAttendees(sessionId: string, most: number): Promise<number> {
      const left = await attendees.named(sessionId, most)
      for (const attendee of left) {
        await attendees.update(unnamedAttendee(attendee, newAlias().personId))
        if (attendee.grantId !== null) await db.updateTable('grants').set({ name: '' }).where('id', '=', attendee.grantId).execute()
      }
      return left.length
    },
    async takeRest(sessionId: string): Promise<Pick<RetentionOutcome, 'check_ins' | 'hall_people'>> {
      const checkIns = await db.deleteFrom('checkIns').where('sessionId', '=', sessionId).executeTakeFirst()
      const people = await db.deleteFrom('hallPeople').where('sessionId', '=', sessionId).executeTakeFirst()
      return { check_ins: Number(checkIns.numDeletedRows), hall_people: Number(people.numDeletedRows) }
    },
  }
}
