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
    async insert(forum: Forum): Promise<void> {
      await db.insertInto('forums').values(toRow(forum)).execute()
    },
    async update(forum: Forum): Promise<void> {
      const { id, ...values } = toRow(forum)
      await db.updateTable('forums').set(values).where('id', '=', id).execute()
    },
  }
}
