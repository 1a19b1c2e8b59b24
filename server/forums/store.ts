import type { Forum, ForumRef } from '../../shared/forums.ts'
import type { Queries } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'

type ForumRow = Schema['forums']

const fromRow = ({ originsJson, archived, ...rest }: ForumRow): Forum => ({ ...rest, origins: JSON.parse(originsJson) as string[], archived: archived === 1 })
const toRow = ({ origins, archived, ...rest }: Forum): ForumRow => ({ ...rest, originsJson: JSON.stringify(origins), archived: archived ? 1 : 0 })

export type ForumStore = ReturnType<typeof createForumStore>

export function createForumStore(db: Queries) {
  return {
    /** By name, archived ones too. */
    async all(): Promise<Forum[]> {
      return (await db.selectFrom('forums').selectAll().orderBy('name').orderBy('id').execute()).map(fromRow)
    },
    async byId(id: string): Promise<Forum | null> {
      const row = await db.selectFrom('forums').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    async byCode(code: string): Promise<Forum | null> {
      const row = await db.selectFrom('forums').selectAll().where('code', '=', code).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** What is kept beside something that came by way of the forum with this code; null when there is none, or it is archived. */
    async ref(code: string): Promise<ForumRef | null> {
      const row = await db.selectFrom('forums').select(['id', 'name']).where('code', '=', code).where('archived', '=', 0).executeTakeFirst()
      return row ?? null
    },
    async count(): Promise<number> {
      const { count } = await db.selectFrom('forums').select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()
      return Number(count)
    },
    /** Whether another forum than `id` has this code. */
    async codeTaken(code: string, id: string): Promise<boolean> {
      return (await db.selectFrom('forums').select('id').where('code', '=', code).where('id', '!=', id).executeTakeFirst()) !== undefined
    },
    /** @returns false when the id or the code is taken */
    async insert(forum: Forum): Promise<boolean> {
      const result = await db
        .insertInto('forums')
        .values(toRow(forum))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    /** @returns false when it is not at `expectedVersion` any more */
    async update(forum: Forum, expectedVersion: number): Promise<boolean> {
      const { id, ...values } = toRow(forum)
      const result = await db.updateTable('forums').set(values).where('id', '=', id).where('version', '=', expectedVersion).executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
  }
}
