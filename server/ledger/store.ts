import type { Queries } from '../db/database.ts'
import type { LedgerRow } from '../db/schema.ts'
import type { LedgerEntry } from '../../shared/ledger.ts'

function fromRow({ position, fromState, toState, ...rest }: LedgerRow): LedgerEntry {
  return { ...rest, index: position, from: fromState, to: toState }
}

export type LedgerStore = ReturnType<typeof createLedgerStore>

/** The ledger is only ever appended to: there is no update and no delete here. */
export function createLedgerStore(db: Queries) {
  return {
    async append(entries: LedgerEntry[]): Promise<void> {
      if (entries.length === 0) return
      const rows = entries.map(({ index, from, to, ...rest }) => ({ ...rest, position: index, fromState: from, toState: to }))
      await db.insertInto('ledger').values(rows).execute()
    },
    async ofSession(sessionId: string): Promise<LedgerEntry[]> {
      const rows = await db.selectFrom('ledger').selectAll().where('sessionId', '=', sessionId).orderBy('position').execute()
      return rows.map(fromRow)
    },
    async ofQuestion(sessionId: string, number: number): Promise<LedgerEntry[]> {
      const rows = await db.selectFrom('ledger').selectAll().where('sessionId', '=', sessionId).where('number', '=', number).orderBy('position').execute()
      return rows.map(fromRow)
    },
  }
}
