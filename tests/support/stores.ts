import { randomBytes, randomUUID } from 'node:crypto'
import { createAccountStore } from '../../server/accounts/store.ts'
import { createVault } from '../../server/accounts/vault.ts'
import { createChatStore } from '../../server/chat/store.ts'
import { createCommit } from '../../server/db/commit.ts'
import type { Database } from '../../server/db/database.ts'
import { createLedgerStore } from '../../server/ledger/store.ts'
import type { LedgerNote } from '../../server/ledger/rules.ts'
import { SUBMITTED_AT, aStoredQuestion } from '../../server/questions/fixtures.test-support.ts'
import { receiptFrom } from '../../server/questions/rules.ts'
import type { StoredQuestion } from '../../server/questions/rules.ts'
import { createQuestionStore, fromRow } from '../../server/questions/store.ts'
import { createEventStore } from '../../server/realtime/store.ts'
import type { SessionCommit } from '../../server/sessions/commit.ts'
import { sessionView } from '../../server/sessions/rules.ts'
import { createSessionStore } from '../../server/sessions/store.ts'
import { sessionInput } from './fixtures.ts'

export const AT = SUBMITTED_AT

export const note = (over: Partial<LedgerNote> = {}): LedgerNote => ({
  subject: 'session',
  number: null,
  action: 'test',
  from: null,
  to: 'announced',
  role: 'host',
  actor: 'somebody',
  reason: null,
  textDigest: null,
  ...over,
})

/** Stores over one database, with commits of which every one that was told to the fan-out is kept in `told`. */
export function openStores(database: Database) {
  const told: { sessionId: string; seq: number }[] = []
  const { commit, create } = createCommit(database, () => new Date(AT), (sessionId, seq) => void told.push({ sessionId, seq }), createVault('a secret for the tests'))
  const stores = {
    sessions: createSessionStore(database.read),
    questions: createQuestionStore(database.read),
    chat: createChatStore(database.read),
    accounts: createAccountStore(database.read),
    ledger: createLedgerStore(database.read),
    events: createEventStore(database.read),
  }

  /** Adds the next question, with its ledger entry and event, as the use case does. */
  async function addQuestion(tx: SessionCommit, over: Partial<StoredQuestion> = {}): Promise<StoredQuestion> {
    const question = aStoredQuestion({ id: randomUUID(), sessionId: tx.session.id, number: tx.session.questionCount + 1, personId: randomUUID(), receipt: receiptFrom(randomBytes(12)), ...over })
    await tx.questions.insert(question)
    tx.update({ questionCount: question.number })
    tx.note(note({ subject: 'question', number: question.number, action: 'submit', to: question.state, role: 'participant' }))
    tx.emit('public', { type: 'votes', counts: { [question.id]: 0 } })
    return question
  }

  return {
    ...stores,
    told,
    commit,
    create,
    addQuestion,
    /** A new session with one commit. @returns its id */
    async newSession(): Promise<string> {
      const input = sessionInput()
      await create(input, 'creator', async (tx) => {
        tx.note(note({ action: 'create' }))
        tx.emit('public', { type: 'session', session: sessionView(tx.session) })
      })
      return input.id
    },
    /** Everything that a refusal must leave as it was. */
    async whole(sessionId: string) {
      const session = await stores.sessions.byId(sessionId)
      const questions = await database.read.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).orderBy('number').execute()
      const votes = await database.read.selectFrom('votes').selectAll().orderBy('questionId').orderBy('personId').execute()
      const chat = await database.read.selectFrom('chatMessages').selectAll().where('sessionId', '=', sessionId).orderBy('seq').execute()
      return { session, questions: questions.map(fromRow), votes, chat, ledger: await stores.ledger.ofSession(sessionId), events: await stores.events.after(sessionId, 0, 1e9, null) }
    },
  }
}
