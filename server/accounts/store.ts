import type { Grant } from '../../shared/accounts.ts'
import type { Queries } from '../db/database.ts'

export type AccountStore = ReturnType<typeof createAccountStore>

const GRANT_COLUMNS = ['grants.id', 'grants.sessionId', 'grants.role', 'grants.guestId', 'grants.name', 'grants.accountId'] as const

export function createAccountStore(db: Queries) {
  return {
    /** An id that is taken is left as it is. */
    async insertGrant(grant: Grant, now: string): Promise<void> {
      await db
        .insertInto('grants')
        .values({ ...grant, createdAt: now, revokedAt: null, generation: 1, expiresAt: null, holder: null, heldAt: null, device: null })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    },
    /** A grant that was not revoked. */
    async grantById(id: string): Promise<Grant | null> {
      return (await db.selectFrom('grants').select(GRANT_COLUMNS).where('id', '=', id).where('revokedAt', 'is', null).executeTakeFirst()) ?? null
    },
    /** Grants of one session (null: of the platform), oldest first, without the revoked. */
    async grantsOfSession(sessionId: string | null): Promise<Grant[]> {
      const query = db.selectFrom('grants').select(GRANT_COLUMNS).where('revokedAt', 'is', null)
      return (sessionId === null ? query.where('sessionId', 'is', null) : query.where('sessionId', '=', sessionId)).orderBy('createdAt').orderBy('id').execute()
    },
    /** By person: what they hold and was not revoked, in the order in which they came by it. Whoever holds nothing is missing. */
    async grantsOfPeople(personIds: readonly string[]): Promise<Map<string, Grant[]>> {
      const rows = await db
        .selectFrom('personGrants')
        .innerJoin('grants', 'grants.id', 'personGrants.grantId')
        .select([...GRANT_COLUMNS, 'personGrants.personId'])
        .where('personGrants.personId', 'in', personIds)
        .where('grants.revokedAt', 'is', null)
        .orderBy('personGrants.at')
        .execute()
      const people = new Map<string, Grant[]>()
      for (const { personId, ...grant } of rows) {
        const grants = people.get(personId)
        if (grants) grants.push(grant)
        else people.set(personId, [grant])
      }
      return people
    },
    async grantsOfPerson(personId: string): Promise<Grant[]> {
      return (await this.grantsOfPeople([personId])).get(personId) ?? []
    },
    async hold(personId: string, grantId: string, now: string): Promise<void> {
      await db
        .insertInto('personGrants')
        .values({ personId, grantId, at: now })
        .onConflict((conflict) => conflict.columns(['personId', 'grantId']).doNothing())
        .execute()
    },
    async rename(grantId: string, name: string): Promise<void> {
      await db.updateTable('grants').set({ name }).where('id', '=', grantId).execute()
    },
    async revoke(grantId: string, now: string): Promise<void> {
      await db.updateTable('grants').set({ revokedAt: now }).where('id', '=', grantId).execute()
    },
  }
}
