import type { LedgerCheck, LedgerFile } from '../../shared/ledger.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { FloorStore } from '../floor/store.ts'
import type { OutcomeStore } from '../outcomes/store.ts'
import type { SpotStore } from '../spot/store.ts'
import type { SessionStore } from '../sessions/store.ts'
import { checkTables } from './check.ts'
import type { LedgerStore } from './store.ts'

export type LedgerService = ReturnType<typeof createLedgerService>

export function createLedgerService(deps: {
  /** Reads all of `work` from one moment of the database: a head read before its entry would look like a forgery. */
  consistent: <T>(work: (stores: { sessions: SessionStore; ledger: LedgerStore; outcomes: OutcomeStore; spots: SpotStore; hands: FloorStore }) => Promise<T>) => Promise<T>
}) {
  const { consistent } = deps
  const checking = new Map<string, Promise<LedgerCheck>>()

  const check = (sessionId: string) =>
    consistent(async ({ sessions, ledger, outcomes, spots, hands }) => {
      const session = await sessions.byId(sessionId)
      if (!session) throw new RefusedError('not_found')
      return checkTables({ session, entries: await ledger.ofSession(sessionId), questions: await outcomes.everyQuestion(sessionId), spots: await spots.inSession(sessionId), hands: await hands.everyOne(sessionId) })
    })

  return {
    /** Everybody may have the whole ledger of a session. @throws RefusedError `not_found` */
    async file(sessionId: string): Promise<LedgerFile> {
      return consistent(async ({ sessions, ledger }) => {
        const session = await sessions.byId(sessionId)
        if (!session) throw new RefusedError('not_found')
        return { format: 'fangtan-ledger', version: 2, sessionId, head: session.ledgerHead, seal: session.seal, entries: await ledger.ofSession(sessionId) }
      })
    },

    /** Holds the tables against the ledger; who asks while that is under way shares its answer. Everybody may ask. @throws RefusedError `not_found` */
    async check(sessionId: string): Promise<LedgerCheck> {
      const known = checking.get(sessionId)
      if (known) return known
      const started = check(sessionId).finally(() => checking.delete(sessionId))
      checking.set(sessionId, started)
      return started
    },
  }
}
