import type { Queries } from '../db/database.ts'
import type { LedgerRow } from '../db/schema.ts'
import type { LedgerDetail, LedgerEntry } from '../../shared/ledger.ts'

function fromRow({ position, fromState, toState, detailJson, ...rest }: LedgerRow): LedgerEntry {
  return { ...rest, index: position, from: fromState, to: toState, detail: detailJson === null ? null : (JSON.parse(detailJson) as LedgerDetail) }
}

export type LedgerStore = ReturnType<typeof createLedgerStore>

/** The ledger is only ever appended to: there is no update and no delete here. */
export function createLedgerStore(db: Queries) {
  return {
    async append(entries: LedgerEntry[]): Promise<void> {
      if (entries.length === 0) return
      const rows = entries.map(({ index, from, to, detail, ...rest }) => ({ ...rest, position: index, fromState: from, toState: to, detailJson: detail && JSON.stringify(detail) }))
      await db.insertInto('ledger').values(rows).execute()
    },
    async ofSession(sessionId: string): Promise<LedgerEntry[]> {
      const rows = await db.selectFrom('ledger').selectAll().where('sessionId', '=', sessionId).orderBy('position').execute()
      return rows.map(fromRow)
    },
    async ofQuestion(sessionId: string, number: number): Promise<LedgerEntry[]> {
      const rows = await db.selectFrom('ledger').selectAll().where('sessionId', '=', sessionId).where('subject', '=', 'question').where('number', '=', number).orderBy('position').execute()
      return rows.map(fromRow)
    },
  }
}
