import { randomUUID } from 'node:crypto'
import type { RevokeReason } from '../../shared/accounts.ts'
import type { Queries } from '../db/database.ts'

export type RightsStore = ReturnType<typeof createRightsStore>

/** In place of a sign-in's id: connections that came with the anonymous cookie alone. */
export const WITHOUT_SIGN_IN = 'none'

/** `signInId` null: every connection of the person; an id: those of that sign-in; {@link WITHOUT_SIGN_IN}. */
export type RightsChange = { id: string; personId: string; reason: RevokeReason; signInId: string | null }

/** Whose rights shrank. Every process reads this several times a second and cuts their connections (realtime/revoking.ts): that holds without Redis, too. */
export function createRightsStore(db: Queries) {
  return {
    /** In the transaction that takes the right away. `signInId` limits it to some connections, see {@link RightsChange}. */
    async shrank(personId: string, reason: RevokeReason, at: string, signInId: string | null = null): Promise<void> {
      await db.insertInto('rightsChanges').values({ id: randomUUID(), personId, reason, signInId, at }).execute()
    },
    async since(at: string): Promise<RightsChange[]> {
      return db.selectFrom('rightsChanges').select(['id', 'personId', 'reason', 'signInId']).where('at', '>=', at).orderBy('at').execute()
    },
    async removeBefore(at: string): Promise<void> {
      await db.deleteFrom('rightsChanges').where('at', '<', at).execute()
    },
  }
}
