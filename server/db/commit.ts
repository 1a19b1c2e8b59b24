import type { SessionEvent } from '../../shared/protocol/events.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { LedgerEntry } from '../../shared/ledger.ts'
import { createAttendanceStore } from '../attendance/store.ts'
import { createChatStore } from '../chat/store.ts'
import type { Telling } from '../deliveries/rules.ts'
import { createDeliveryStore } from '../deliveries/store.ts'
import { createFloorStore } from '../floor/store.ts'
import { createForumStore } from '../forums/store.ts'
import { chain } from '../ledger/rules.ts'
import { createLedgerStore } from '../ledger/store.ts'
import { createModerationStore } from '../moderation/store.ts'
import { createPictureStore } from '../pictures/store.ts'
import { createForgettingStore } from '../questions/forgetting.ts'
import { createMergingStore } from '../questions/merging.ts'
import { createPollStore } from '../polls/store.ts'
import { createQuestionStore } from '../questions/store.ts'
import { KEPT_COMMITS, createEventStore } from '../realtime/store.ts'
import type { CommitToSession, CreateSessionCommit, SessionCommit } from '../sessions/commit.ts'
import { createSessionStore, fromRow, toRow } from '../sessions/store.ts'
import { createErasingStore } from '../residents/erasingStore.ts'
import { createResidentStore } from '../residents/store.ts'
import { createSpotStore } from '../spot/store.ts'
import { createVoteStore } from '../votes/store.ts'
import type { Transaction } from 'kysely'
import { createLinkStore } from '../accounts/linkStore.ts'
import { createRightsStore } from '../accounts/rights.ts'
import { createSignInStore } from '../accounts/signIns.ts'
import { createAccountStore } from '../accounts/store.ts'
import type { Vault } from '../accounts/vault.ts'
import { createAuditStore } from '../audit/store.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { createTurns } from './turns.ts'

/** The only way to change a session: state, ledger and log in one transaction. `committed` is told the new head afterwards, and how much was written for the outside. */
export function createCommit(database: Database, now: () => Date, committed: (sessionId: string, seq: number, deliveries: number) => void, vault: Vault): { commit: CommitToSession; create: CreateSessionCommit } {
  type Work<T> = Parameters<typeof inside<T>>[2]
  // Work on one session waits for its row's lock anyway. Waiting here, it holds no connection meanwhile: a rush on one session would take the whole pool.
  const inTurn = createTurns()

  async function inside<T>(tx: Transaction<Schema>, sessionId: string, work: (commit: SessionCommit) => Promise<T>): Promise<{ outcome: T; head: number | null; deliveries: number }> {
      // Setting a column to itself takes the row's lock in PostgreSQL and the write lock in SQLite, and reads the row under it.
      const row = await tx.updateTable('sessions').set(({ ref }) => ({ seq: ref('seq') })).where('id', '=', sessionId).returningAll().executeTakeFirst()
      if (!row) throw new RefusedError('not_found')
      let session = fromRow(row)
      let updated = false
      const at = now().toISOString()
      const events: { audience: string; event: SessionEvent }[] = []
      const entries: LedgerEntry[] = []
      const tellings: Telling[] = []
      const forgotten: string[] = []
      const outcome = await work({
        get session() {
          return session
        },
        now: at,
        questions: createQuestionStore(tx),
        merging: createMergingStore(tx),
        votes: createVoteStore(tx),
        moderation: createModerationStore(tx),
        pictures: createPictureStore(tx),
        chat: createChatStore(tx),
        polls: createPollStore(tx),
        hands: createFloorStore(tx),
        attendance: createAttendanceStore(tx),
        spots: createSpotStore(tx),
        forums: createForumStore(tx),
        accounts: createAccountStore(tx),
        residents: createResidentStore(tx),
        forgetting: createForgettingStore(tx),
        erasing: createErasingStore(tx),
        audit: createAuditStore(tx),
        rights: createRightsStore(tx),
        links: createLinkStore(tx),
        signIns: createSignInStore(tx, vault),
        update(patch) {
          session = { ...session, ...patch }
          updated = true
        },
        note(note) {
          const entry = chain(sessionId, { index: session.ledgerIndex, hash: session.ledgerHead }, note, at)
          entries.push(entry)
          session = { ...session, ledgerIndex: entry.index, ledgerHead: entry.hash }
        },
        emit: (audience, event) => void events.push({ audience, event }),
        forget: (subject) => void forgotten.push(subject),
        deliver: (telling) => void tellings.push(telling),
      })
      if (events.length === 0) {
        if (updated || entries.length > 0 || tellings.length > 0) throw new Error('a change must be told to somebody')
        return { outcome, head: null, deliveries: 0 }
      }
      const head = session.seq + 1
      await createLedgerStore(tx).append(entries)
      const log = createEventStore(tx)
      const outbox = createDeliveryStore(tx)
      for (const subject of forgotten) {
        await log.forget(sessionId, subject)
        await outbox.forget(subject)
      }
      await log.append(sessionId, head, events)
      if (head > KEPT_COMMITS) await log.trim(sessionId, head - KEPT_COMMITS)
      const { id: _id, ...values } = toRow({ ...session, seq: head })
      await tx.updateTable('sessions').set(values).where('id', '=', sessionId).execute()
      return { outcome, head, deliveries: await outbox.enqueue(tellings, at) }
  }

  async function run<T>(sessionId: string, work: Work<T>, ahead: boolean, prepare?: (tx: Transaction<Schema>) => Promise<boolean>): Promise<T | null> {
    const done = await inTurn(sessionId, () => database.transact(async (tx) => (prepare && !(await prepare(tx)) ? null : inside(tx, sessionId, work))), ahead)
    if (!done) return null
    if (done.head !== null) committed(sessionId, done.head, done.deliveries)
    return done.outcome
  }

  return {
    commit: async (sessionId, work, ahead = false) => (await run(sessionId, work, ahead)) as Awaited<ReturnType<typeof work>>,
    create: (input, createdBy, work) => run(input.id, work, false, (tx) => createSessionStore(tx).insert(input, createdBy, now().toISOString())),
  }
}
