import { LEDGER_GENESIS } from '../../shared/ledger.ts'
import type { LedgerFile } from '../../shared/ledger.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionStore } from '../sessions/store.ts'
import type { LedgerStore } from './store.ts'

export type LedgerService = ReturnType<typeof createLedgerService>

export function createLedgerService(deps: { sessions: SessionStore; ledger: LedgerStore }) {
  return {
    /** Everybody may have the whole ledger of a session. @throws RefusedError `not_found` */
    async file(sessionId: string): Promise<LedgerFile> {
      if (!(await deps.sessions.byId(sessionId))) throw new RefusedError('not_found')
      const entries = await deps.ledger.ofSession(sessionId)
      return { format: 'fangtan-ledger', version: 1, sessionId, head: entries.at(-1)?.hash ?? LEDGER_GENESIS, entries }
    },
  }
}
