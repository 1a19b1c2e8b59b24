import { sql } from 'kysely'
import type { PushMessage } from '../../shared/push.ts'
import type { Queries } from '../db/database.ts'
import type { Receipts } from '../questions/receipts.ts'

/** Rows that one transaction converts. */
const AT_ONCE = 200
/** How a code of an earlier release stands in a notice. */
const READABLE = '%"path":"/q/____-____-____"%'

/** Stands among the installation's facts from before the first row is converted until what it replaced is out of the files: whoever takes over from a process that died goes on there. */
const BEGUN = 'upkeep.begun'

export type UpkeepStore = ReturnType<typeof createUpkeepStore>

/** Brings what earlier releases wrote into today's form. */
export function createUpkeepStore(db: Queries) {
  return {
    /** Whether anything is left to be done. */
    async pending(): Promise<boolean> {
      if (await db.selectFrom('meta').select('key').where('key', '=', BEGUN).executeTakeFirst()) return true
      const question = await db.selectFrom('questions').select('id').where('receiptSealed', 'is', null).limit(1).executeTakeFirst()
      return (question ?? (await db.selectFrom('deliveries').select('id').where('kind', '=', 'push').where('bodyJson', 'like', READABLE).limit(1).executeTakeFirst())) !== undefined
    },

    async begin(): Promise<void> {
      await db.insertInto('meta').values({ key: BEGUN, value: '' }).onConflict((conflict) => conflict.column('key').doNothing()).execute()
    },
    /** Nothing is left to be done. */
    async end(): Promise<void> {
      await db.deleteFrom('meta').where('key', '=', BEGUN).execute()
    },

    /** Seals the receipts of the next questions after the id `after`. @returns how many, and the last one's id; null at the end */
    async sealReceipts(receipts: Pick<Receipts, 'keep'>, after: string): Promise<{ count: number; last: string } | null> {
      const rows = await db.selectFrom('questions').select(['id', 'sessionId', 'receipt']).where('receiptSealed', 'is', null).where('id', '>', after).orderBy('id').limit(AT_ONCE).execute()
      const last = rows.at(-1)
      if (!last) return null
      // With their rows locked, nobody logs a receipt as it was a moment ago.
      for (const sessionId of [...new Set(rows.map((row) => row.sessionId))].sort()) {
        await db.updateTable('sessions').set(({ ref }) => ({ seq: ref('seq') })).where('id', '=', sessionId).execute()
      }
      for (const { id, sessionId, receipt } of rows) {
        const kept = receipts.keep(receipt)
        await db.updateTable('questions').set(kept).where('id', '=', id).where('receiptSealed', 'is', null).execute()
        await db
          .updateTable('events')
          .set({ payloadJson: sql<string>`replace(payload_json, ${receipt}, ${kept.receiptSealed})` })
          .where('sessionId', '=', sessionId)
          .where('subject', '=', id)
          .execute()
      }
      return { count: rows.length, last: last.id }
    },

    /** Seals the receipts in the next notices to devices. @returns how many */
    async sealNotices(receipts: Pick<Receipts, 'sealPath'>): Promise<number> {
      const rows = await db.selectFrom('deliveries').select(['id', 'bodyJson']).where('kind', '=', 'push').where('bodyJson', 'like', READABLE).limit(AT_ONCE).execute()
      for (const { id, bodyJson } of rows) {
        const message = JSON.parse(bodyJson) as PushMessage
        await db.updateTable('deliveries').set({ bodyJson: JSON.stringify({ ...message, path: receipts.sealPath(message.path) }) }).where('id', '=', id).execute()
      }
      return rows.length
    },
  }
}
