import { randomUUID } from 'node:crypto'
import type { RevokeReason } from '../../shared/accounts.ts'
import type { Queries } from '../db/database.ts'

export type RightsStore = ReturnType<typeof createRightsStore>

/** Whose rights shrank. Every process reads this several times a second and cuts their connections (realtime/revoking.ts): that holds without Redis, too. */
export function createRightsStore(db: Queries) {
  return {
    /** In the transaction that takes the right away. */
    async shrank(personId: string, reason: RevokeReason, at: string): Promise<void> {
      await db.insertInto('rightsChanges').values({ id: randomUUID(), personId, reason, at }).execute()
    },
    async since(at: string): Promise<{ id: string; personId: string; reason: RevokeReason }[]> {
      return db.selectFrom('rightsChanges').select(['id', 'personId', 'reason']).where('at', '>=', at).orderBy('at').execute()
    },
    async removeBefore(at: string): Promise<void> {
      await db.deleteFrom('rightsChanges').where('at', '<', at).execute()
    },
  }
}
