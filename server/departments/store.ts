import type { Department } from '../../shared/departments.ts'
import type { Queries } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import type { StoredDepartment } from './rules.ts'

const fromRow = ({ verified, archived, ...rest }: Schema['departments']): StoredDepartment => ({ ...rest, verified: verified === 1, archived: archived === 1 })
const toRow = ({ verified, archived, ...rest }: StoredDepartment): Schema['departments'] => ({ ...rest, verified: verified ? 1 : 0, archived: archived ? 1 : 0 })

export type DepartmentStore = ReturnType<typeof createDepartmentStore>

export function createDepartmentStore(db: Queries) {
  async function byId(id: string): Promise<StoredDepartment | null> {
    const row = await db.selectFrom('departments').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? fromRow(row) : null
  }

  return {
    byId,
    /** By code, with the names of those whose accounts belong to it and are in use. */
    async all(): Promise<Department[]> {
      const rows = await db.selectFrom('departments').selectAll().orderBy('code').execute()
      const people = await db
        .selectFrom('accounts')
        .select(['departmentId', 'name', 'role', 'spokesperson'])
        .where('departmentId', 'is not', null)
        .where('disabledAt', 'is', null)
        .orderBy('name')
        .execute()
      return rows.map((row) => {
        const own = people.filter(({ departmentId }) => departmentId === row.id)
        return {
          ...fromRow(row),
          officers: own.filter(({ role }) => role === 'officer').map(({ name }) => name),
          spokespeople: own.filter(({ spokesperson }) => spokesperson === 1).map(({ name }) => name),
        }
      })
    },
    async count(): Promise<number> {
      const { count } = await db.selectFrom('departments').select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()
      return Number(count)
    },
    /** Whether another department than `id` has this code. */
    async codeTaken(code: string, id: string): Promise<boolean> {
      return (await db.selectFrom('departments').select('id').where('code', '=', code).where('id', '!=', id).executeTakeFirst()) !== undefined
    },
    /** @returns false when the id or the code is taken */
    async insert(department: StoredDepartment): Promise<boolean> {
      const result = await db
        .insertInto('departments')
        .values(toRow(department))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    /** @returns false when it is not at `expectedVersion` any more */
    async update({ id, ...department }: StoredDepartment, expectedVersion: number): Promise<boolean> {
      const { id: _same, ...columns } = toRow({ id, ...department })
      const result = await db.updateTable('departments').set(columns).where('id', '=', id).where('version', '=', expectedVersion).executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
  }
}
