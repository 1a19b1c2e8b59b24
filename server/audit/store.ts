import { randomUUID } from 'node:crypto'
import type { Queries } from '../db/database.ts'
import type { AuditNote } from './rules.ts'

export type AuditStore = ReturnType<typeof createAuditStore>

/** The log of administrators' acts: appended in the transaction of the act itself, deleted by its period alone. */
export function createAuditStore(db: Queries) {
  return {
    async append({ actor, actorId, address, action, subject, sessionId = null, detail = {} }: AuditNote, at: string): Promise<void> {
      await db.insertInto('audit').values({ id: randomUUID(), at, actor, actorId, address, action, subject, sessionId, detailJson: JSON.stringify(detail) }).execute()
    },
  }
}
