import type { HeldReason } from '../../shared/questions.ts'
import type { Queries } from '../db/database.ts'
import type { ChatMessage } from '../../shared/chat.ts'

export type StoredChat = ChatMessage & { /** Why it waits for review; null: everybody sees it. */ held: HeldReason | null; sessionId: string; seq: number; personId: string; deletedAt: string | null }

export const chatMessage = ({ id, text, name, author, at }: StoredChat): ChatMessage => ({ id, text, name, author, at })

export type ChatStore = ReturnType<typeof createChatStore>

export function createChatStore(db: Queries) {
  return {
    async byId(id: string): Promise<StoredChat | null> {
      return (await db.selectFrom('chatMessages').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
    },
    /** The last `limit` that were not deleted, oldest first. */
    async latest(sessionId: string, limit: number): Promise<StoredChat[]> {
      const rows = await db
        .selectFrom('chatMessages')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where('deletedAt', 'is', null)
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute()
      return rows.reverse()
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
