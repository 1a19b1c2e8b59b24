import { sql } from 'kysely'
import type { Storage } from '../../shared/administration.ts'
import type { Queries } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'

/** The tables that grow, in the order in which they are listed. */
const COUNTED = ['sessions', 'questions', 'votes', 'chatMessages', 'pollAnswers', 'ledger', 'events', 'deliveries', 'pushSubscriptions', 'accounts', 'verifications', 'activity', 'audit'] as const satisfies (keyof Schema)[]

export type SystemStore = ReturnType<typeof createSystemStore>

/** How much there is. */
export function createSystemStore(db: Queries) {
  return {
    async pictures(): Promise<Storage['pictures']> {
      const row = await db.selectFrom('pictures').select(({ fn }) => [fn.countAll().as('count'), sql<number | string | null>`sum(length(bytes))`.as('bytes')]).executeTakeFirstOrThrow()
      return { count: Number(row.count), bytes: Number(row.bytes ?? 0) }
    },
    async rows(): Promise<Storage['rows']> {
      const rows: Storage['rows'] = []
      for (const table of COUNTED) {
        const { count } = await db.selectFrom(table).select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()
        rows.push({ table, count: Number(count) })
        // The embedded engine counts row by row on this very thread: others have their turn between two tables.
        await new Promise((resolve) => setImmediate(resolve))
      }
      return rows
    },
    /** Bytes of the whole database, as PostgreSQL says. */
    async postgresBytes(): Promise<number> {
      const { rows } = await sql<{ bytes: string }>`select pg_database_size(current_database()) as bytes`.execute(db)
      return Number(rows[0]?.bytes ?? 0)
    },
    async deliveries(): Promise<{ waiting: number; failed: number; oldestWaitingAt: string | null }> {
      const rows = await db
        .selectFrom('deliveries')
        .select(({ fn }) => ['state', fn.countAll().as('count'), fn.min('createdAt').as('oldest')])
        .where('state', '!=', 'delivered')
        .groupBy('state')
        .execute()
      const of = (state: string) => rows.find((row) => row.state === state)
      return { waiting: Number(of('waiting')?.count ?? 0), failed: Number(of('failed')?.count ?? 0), oldestWaitingAt: of('waiting')?.oldest ?? null }
    },
  }
}
