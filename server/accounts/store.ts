import type { Colleague, Grant, OwnAccount, TeamMember } from '../../shared/accounts.ts'
import type { Queries } from '../db/database.ts'
import { counts } from './rules.ts'
import type { Standing } from './rules.ts'

export type AccountStore = ReturnType<typeof createAccountStore>

const GRANT_COLUMNS = ['grants.id', 'grants.sessionId', 'grants.role', 'grants.guestId', 'grants.name', 'grants.accountId'] as const
const COLLEAGUE_COLUMNS = ['accounts.id as accountId', 'accounts.name', 'accounts.post'] as const
const COLLEAGUES = 1_000

export function createAccountStore(db: Queries) {
  const staff = () => db.selectFrom('accounts').leftJoin('departments', 'departments.id', 'accounts.departmentId')

  return {
    /** An id that is taken is left as it is. `expiresAt`: of its link; null: until revoked. */
    async insertGrant(grant: Grant, now: string, expiresAt: string | null = null): Promise<void> {
      await db
        .insertInto('grants')
        .values({ ...grant, createdAt: now, revokedAt: null, generation: 1, expiresAt, holder: null, heldAt: null, device: null })
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
    /** By person: what they hold and was not revoked, in the order in which they came by it, whether it counts or not. Whoever holds nothing is missing. */
    async heldBy(personIds: readonly string[]): Promise<Map<string, Standing[]>> {
      const rows = await db
        .selectFrom('personGrants')
        .innerJoin('grants', 'grants.id', 'personGrants.grantId')
        .leftJoin('accounts', 'accounts.id', 'grants.accountId')
        .select([...GRANT_COLUMNS, 'grants.expiresAt', 'personGrants.personId', 'accounts.role as accountRole', 'accounts.disabledAt', 'accounts.totpSealed'])
        .where('personGrants.personId', 'in', personIds)
        .where('grants.revokedAt', 'is', null)
        .orderBy('personGrants.at')
        .orderBy('grants.id')
        .execute()
      const people = new Map<string, Standing[]>()
      for (const { personId, expiresAt, accountRole, disabledAt, totpSealed, ...grant } of rows) {
        // A grant of an account that is gone is held by nobody.
        if (grant.accountId !== null && accountRole === null) continue
        const standing: Standing = { grant, expiresAt, account: accountRole === null ? null : { role: accountRole, disabled: disabledAt !== null, secondFactor: totpSealed !== null } }
        const held = people.get(personId)
        if (held) held.push(standing)
        else people.set(personId, [standing])
      }
      return people
    },
    /** What counts of one person, as far as links and sessions decide it. */
    async grantsOfPerson(personId: string, at: string): Promise<Grant[]> {
      const held = (await this.heldBy([personId])).get(personId) ?? []
      return held.filter((standing) => counts(standing, at, 'nobody')).map(({ grant }) => grant)
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
    /** Takes it from whoever holds it. @returns who that was: their rights shrank */
    async drop(grantId: string): Promise<string[]> {
      await db.updateTable('grants').set({ holder: null, heldAt: null, device: null }).where('id', '=', grantId).execute()
      return (await db.deleteFrom('personGrants').where('grantId', '=', grantId).returning('personId').execute()).map(({ personId }) => personId)
    },
    /** For good, and from whoever holds it. @returns who that was: their rights shrank */
    async revoke(grantId: string, now: string): Promise<string[]> {
      await db.updateTable('grants').set({ revokedAt: now }).where('id', '=', grantId).execute()
      return this.drop(grantId)
    },
    /** What was revoked may be opened again. */
    async restore(grantId: string): Promise<void> {
      await db.updateTable('grants').set({ revokedAt: null }).where('id', '=', grantId).execute()
    },

    /** An account that is not disabled. */
    async colleague(accountId: string): Promise<Colleague | null> {
      const row = await staff().select([...COLLEAGUE_COLUMNS, 'departments.name as department']).where('accounts.id', '=', accountId).where('disabledAt', 'is', null).executeTakeFirst()
      return row ? { ...row, department: row.department ?? '' } : null
    },
    /** All accounts that are not disabled, by name. */
    async colleagues(): Promise<Colleague[]> {
      const rows = await staff().select([...COLLEAGUE_COLUMNS, 'departments.name as department']).where('disabledAt', 'is', null).orderBy('accounts.name').orderBy('accounts.id').limit(COLLEAGUES).execute()
      return rows.map((row) => ({ ...row, department: row.department ?? '' }))
    },
    /** Accounts with a role in a session, in the order in which they were given it. */
    async team(sessionId: string): Promise<TeamMember[]> {
      const rows = await staff()
        .innerJoin('grants', 'grants.accountId', 'accounts.id')
        .select(['grants.id as grantId', 'grants.role', ...COLLEAGUE_COLUMNS, 'departments.name as department'])
        .where('grants.sessionId', '=', sessionId)
        .where('grants.revokedAt', 'is', null)
        .orderBy('grants.createdAt')
        .orderBy('grants.id')
        .execute()
      return rows.map((row) => ({ ...row, department: row.department ?? '' }))
    },
    /** The account of a person of the staff. */
    async account(personId: string): Promise<(Omit<OwnAccount, 'secondFactor'> & { secondFactor: boolean }) | null> {
      const row = await db.selectFrom('accounts').select(['username', 'name', 'post', 'departmentId', 'spokesperson', 'role', 'totpSealed']).where('id', '=', personId).executeTakeFirst()
      if (!row) return null
      const { totpSealed, spokesperson, ...account } = row
      return { ...account, spokesperson: spokesperson === 1, secondFactor: totpSealed !== null }
    },
  }
}
