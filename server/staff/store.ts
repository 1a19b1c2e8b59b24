import type { Queries } from '../db/database.ts'
import type { AccountRow, Schema } from '../db/schema.ts'
import type { Account } from './rules.ts'
import type { Guessing } from './guessing.ts'

export type StaffStore = ReturnType<typeof createStaffStore>

const fromRow = ({ recoveryJson, spokesperson, ...rest }: AccountRow): Account => ({ ...rest, spokesperson: spokesperson === 1, recovery: JSON.parse(recoveryJson) as string[] })

type Columns = Partial<Omit<AccountRow, 'id'>>
function columns({ id: _id, recovery, spokesperson, ...rest }: Partial<Account>): Columns {
  return { ...rest, ...(recovery === undefined ? {} : { recoveryJson: JSON.stringify(recovery) }), ...(spokesperson === undefined ? {} : { spokesperson: spokesperson ? 1 : 0 }) }
}

export function createStaffStore(db: Queries) {
  return {
    /** Within a transaction: nobody else does meanwhile what depends on who administers. Setting a column to itself takes the row's lock on both engines. */
    async lock(): Promise<void> {
      await db.updateTable('meta').set(({ ref }) => ({ value: ref('value') })).where('key', '=', 'epoch').execute()
    },
    async byId(id: string): Promise<Account | null> {
      const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    async byUsername(username: string): Promise<Account | null> {
      const row = await db.selectFrom('accounts').selectAll().where('username', '=', username).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** Within a transaction: as it is now, and nobody else changes it meanwhile. */
    async held(id: string): Promise<Account | null> {
      const row = await db.updateTable('accounts').set(({ ref }) => ({ version: ref('version') })).where('id', '=', id).returningAll().executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** Oldest first. */
    async all(): Promise<Account[]> {
      return (await db.selectFrom('accounts').selectAll().orderBy('createdAt').orderBy('id').execute()).map(fromRow)
    },
    /** @returns false when the user name is taken */
    async insert({ recovery, spokesperson, ...rest }: Account): Promise<boolean> {
      const result = await db
        .insertInto('accounts')
        .values({ ...rest, recoveryJson: JSON.stringify(recovery), spokesperson: spokesperson ? 1 : 0 })
        .onConflict((conflict) => conflict.column('username').doNothing())
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows) === 1
    },
    async update(id: string, patch: Partial<Account>): Promise<void> {
      await db.updateTable('accounts').set(columns(patch)).where('id', '=', id).execute()
    },
    /** Administrators who can sign in. */
    async administrators(): Promise<string[]> {
      return (await db.selectFrom('accounts').select('id').where('role', '=', 'admin').where('disabledAt', 'is', null).execute()).map(({ id }) => id)
    },
    /** Whether there is one, disabled or not. */
    async hasAdministrator(): Promise<boolean> {
      return (await db.selectFrom('accounts').select('id').where('role', '=', 'admin').limit(1).executeTakeFirst()) !== undefined
    },
    /** Browsers that are signed in, by account. */
    async signIns(at: string): Promise<Map<string, number>> {
      const rows = await db
        .selectFrom('signIns')
        .select(({ fn }) => ['personId', fn.countAll().as('count')])
        .where('kind', '=', 'staff')
        .where('expiresAt', '>', at)
        .groupBy('personId')
        .execute()
      return new Map(rows.map(({ personId, count }) => [personId, Number(count)]))
    },
    /** What an account is given on the whole installation follows its role; what it has in sessions follows its name. Nothing counts while it is disabled. */
    async followGrants({ id, role, name, disabledAt }: Pick<Account, 'id' | 'role' | 'name' | 'disabledAt'>): Promise<void> {
      await db.updateTable('grants').set({ name }).where('accountId', '=', id).execute()
      await db.updateTable('grants').set({ role, revokedAt: disabledAt }).where('accountId', '=', id).where('sessionId', 'is', null).execute()
    },
    async departmentName(id: string | null): Promise<string | null> {
      if (id === null) return null
      return (await db.selectFrom('departments').select('name').where('id', '=', id).executeTakeFirst())?.name ?? null
    },

    /** Guesses at a name that nobody has; `digest` hides the name, which may be a password typed into the wrong field. */
    async stranger(digest: string): Promise<Guessing | null> {
      return (await db.selectFrom('strangers').select(['failures', 'failedAt', 'lockedUntil']).where('digest', '=', digest).executeTakeFirst()) ?? null
    },
    async noteStranger(digest: string, { failures, failedAt, lockedUntil }: Guessing): Promise<void> {
      const written: Omit<Schema['strangers'], 'digest'> = { failures, failedAt, lockedUntil }
      await db.insertInto('strangers').values({ digest, ...written }).onConflict((conflict) => conflict.column('digest').doUpdateSet(written)).execute()
    },
    async forgetStrangers(before: string): Promise<void> {
      await db.deleteFrom('strangers').where('failedAt', '<', before).execute()
    },
  }
}
