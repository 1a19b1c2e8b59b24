import type { Queries } from '../db/database.ts'
import type { StoredChat } from './rules.ts'

export type ChatStore = ReturnType<typeof createChatStore>

export function createChatStore(db: Queries) {
  return {
    async byId(id: string): Promise<StoredChat | null> {
      return (await db.selectFrom('chatMessages').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
    },
    /** The last `limit` that everybody sees, oldest first. */
    async latest(sessionId: string, limit: number): Promise<StoredChat[]> {
      const rows = await db
        .selectFrom('chatMessages')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where('deletedAt', 'is', null)
        .where('held', 'is', null)
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute()
      return rows.reverse()
    },
    /** What waits for review, oldest first; of one person only, when named. */
    async held(sessionId: string, personId: string | null = null): Promise<StoredChat[]> {
      let query = db.selectFrom('chatMessages').selectAll().where('sessionId', '=', sessionId).where('deletedAt', 'is', null).where('held', 'is not', null)
      if (personId !== null) query = query.where('personId', '=', personId)
      return query.orderBy('seq').execute()
    },
    /** How many wait for review. */
    async heldCount(sessionId: string): Promise<number> {
      const { count } = await db
        .selectFrom('chatMessages')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('sessionId', '=', sessionId)
        .where('held', 'is not', null)
        .where('deletedAt', 'is', null)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    /** Ends the hold; the message takes its place at `seq`. */
    async release(id: string, seq: number, now: string): Promise<void> {
      await db.updateTable('chatMessages').set({ held: null, seq, at: now }).where('id', '=', id).execute()
    },
    /** When this person last wrote here, deleted or not: for slow mode. */
    async lastAt(sessionId: string, personId: string): Promise<string | null> {
      const row = await db
        .selectFrom('chatMessages')
        .select('at')
        .where('sessionId', '=', sessionId)
        .where('personId', '=', personId)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row?.at ?? null
    },
    /** What one person wrote here and was not deleted. */
    async ofPerson(sessionId: string, personId: string): Promise<StoredChat[]> {
      return db.selectFrom('chatMessages').selectAll().where('sessionId', '=', sessionId).where('personId', '=', personId).where('deletedAt', 'is', null).orderBy('seq').execute()
    },
    /** Removes all that one person wrote here, deleted or not. */
    async removeOf(sessionId: string, personId: string): Promise<void> {
      await db.deleteFrom('chatMessages').where('sessionId', '=', sessionId).where('personId', '=', personId).execute()
    },
    /** In whose name this person speaks: of an account that is not shut, of a department that is not archived: it keeps its name where it spoke, and speaks no more. Their id is the account's only while they are signed in with it. */
    async speaker(personId: string): Promise<{ name: string; departmentId: string; spokesperson: number } | null> {
      const row = await db
        .selectFrom('accounts')
        .innerJoin('departments', 'departments.id', 'accounts.departmentId')
        .select(['accounts.name', 'departments.id as departmentId', 'accounts.spokesperson'])
        .where('accounts.id', '=', personId)
        .where('accounts.disabledAt', 'is', null)
        .where('departments.archived', '=', 0)
        .executeTakeFirst()
      return row ?? null
    },
    async insert(message: StoredChat): Promise<void> {
      await db.insertInto('chatMessages').values(message).execute()
    },
    /** @returns false when it was not there or gone already */
    async delete(sessionId: string, id: string, now: string): Promise<boolean> {
      const result = await db
        .updateTable('chatMessages')
        .set({ deletedAt: now, text: '' })
        .where('id', '=', id)
        .where('sessionId', '=', sessionId)
        .where('deletedAt', 'is', null)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
  }
}
