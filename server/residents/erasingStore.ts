import { randomUUID } from 'node:crypto'
import type { Queries } from '../db/database.ts'

export type ErasingStore = ReturnType<typeof createErasingStore>

/** What is kept of a person outside of sessions; and what the log told them alone. */
export function createErasingStore(db: Queries) {
  return {
    /** Of one session: what only this person was told. */
    async removeTold(sessionId: string, audience: string): Promise<void> {
      await db.deleteFrom('events').where('sessionId', '=', sessionId).where('audience', '=', audience).execute()
    },
    /** Sessions whose log tells this person something, or for which they uploaded a picture. */
    async traces(personId: string, audience: string): Promise<string[]> {
      const rows = await db
        .selectFrom('events')
        .select('sessionId')
        .where('audience', '=', audience)
        .union(db.selectFrom('pictures').select('sessionId').where('personId', '=', personId).where('sessionId', 'is not', null).$narrowType<{ sessionId: string }>())
        .execute()
      return rows.map(({ sessionId }) => sessionId)
    },

    /** @returns how many rows there were */
    async removePerson(personId: string): Promise<number> {
      let rows = 0
      for (const { endpoint } of await db.selectFrom('pushSubscriptions').select('endpoint').where('personId', '=', personId).execute()) {
        await db.deleteFrom('deliveries').where('kind', '=', 'push').where('target', '=', endpoint).execute()
      }
      for (const table of ['pushSubscriptions', 'verifications', 'phoneCodes', 'consents', 'activity', 'personGrants', 'guardedPeople'] as const) {
        rows += Number((await db.deleteFrom(table).where('personId', '=', personId).executeTakeFirst()).numDeletedRows)
      }
      // A host's portraits of guests and the sessions that they made stay; whose they were does not.
      await db.updateTable('pictures').set({ personId: randomUUID() }).where('personId', '=', personId).execute()
      await db.updateTable('sessions').set({ createdBy: randomUUID() }).where('createdBy', '=', personId).execute()
      await db.updateTable('grants').set({ holder: null, heldAt: null, device: null }).where('holder', '=', personId).execute()
      // Of what was taken from them before; what follows is told to all processes and goes with time.
      await db.deleteFrom('rightsChanges').where('personId', '=', personId).execute()
      return rows
    },
  }
}
