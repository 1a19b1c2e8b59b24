import { randomUUID } from 'node:crypto'
import { createAccountStore } from '../../server/accounts/store.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { OwnQuestion, QuestionAct, SubmitQuestion } from '../../shared/questions.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import type { CreateSession, Phase, SessionSettings } from '../../shared/sessions.ts'
import { NOWHERE, openCore } from './core.ts'
import type { Engine } from './engines.ts'
import { WAY_TO, guest, questionInput, sessionInput } from './fixtures.ts'

export const TOPICS = [
  { id: randomUUID(), name: '住房' },
  { id: randomUUID(), name: '交通' },
]

/** What of an act is left when the question and its version are looked up. */
type ActOf<A> = A extends QuestionAct ? Omit<A, 'sessionId' | 'questionId' | 'expectedVersion'> : never
export type Act = ActOf<QuestionAct>

/** The refusal of what must be refused. */
export async function refusalOf(doing: Promise<unknown>) {
  const error: unknown = await doing.then(
    () => new Error('was not refused'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof RefusedError) return error.refusal
  throw error
}

/** A session with its people over a new database, without a network, and a clock that stands until it is moved. */
export async function openDesk(engine: Engine, phase: Phase = 'live', settings: Partial<SessionSettings> = {}, over: Partial<CreateSession> = {}) {
  const database = await engine.open()
  let time = Date.parse('2026-11-22T01:30:00.000Z')
  const { core, person } = openCore(database, () => new Date(time++))
  const host = await person('host')
  const guests = [guest('周建国'), guest('李志强')]
  const input = sessionInput({ guests, settings: { ...DEFAULT_SETTINGS, topics: TOPICS, ...settings }, ...over })
  const sessionId = input.id
  let { version } = await core.sessions.create(host, input)
  const advance = async (action: (typeof WAY_TO)['live'][number]) => ({ version } = await core.sessions.phase(host, { sessionId, action, expectedVersion: version }))
  for (const action of WAY_TO[phase]) await advance(action)

  const stored = async (id: string) => {
    const question = await core.stores.questions.byId(id)
    if (!question) throw new Error(`there is no question ${id}`)
    return question
  }
  return {
    database,
    core,
    person,
    sessionId,
    guests,
    host,
    moderator: await person('moderator', sessionId),
    advance,
    stored,
    now: () => new Date(time),
    /** Lets time pass. */
    wait: (ms: number) => void (time += ms),
    /** Gives a person the grant of one of the session's guests. */
    async seat(guestId: string): Promise<string> {
      const personId = randomUUID()
      const grant = (await core.stores.accounts.grantsOfSession(sessionId)).find((candidate) => candidate.guestId === guestId)
      if (!grant) throw new Error('the session has no such guest')
      await database.transact((tx) => createAccountStore(tx).hold(personId, grant.id, new Date(time).toISOString()))
      return personId
    },
    ask: (text: string, over: Partial<SubmitQuestion> = {}, personId: string = randomUUID()): Promise<OwnQuestion> => core.questions.submit(personId, randomUUID(), { ...questionInput(sessionId, text), ...over }),
    /** One step at the question's present version. @returns the question afterwards */
    async act(id: string, act: Act, personId = host) {
      const { version: expectedVersion } = await stored(id)
      await core.questions.act(personId, { ...act, sessionId, questionId: id, expectedVersion })
      return stored(id)
    },
    vote: (id: string, personId: string = randomUUID(), up = true) => core.votes.vote(personId, NOWHERE, { sessionId, questionId: id, up }),
    say: (text: string, personId: string = randomUUID(), name: string | null = null) => core.chat.send(personId, randomUUID(), { sessionId, id: randomUUID(), text, name }),
    async view(as: 'participant' | 'desk' = 'participant', personId: string = as === 'desk' ? host : randomUUID()) {
      const { snapshot } = await core.sync.join(personId, { sessionId, as, since: null })
      if (!snapshot) throw new Error('a fresh page was given no snapshot')
      return snapshot
    },
    ledger: async () => (await core.ledger.file(sessionId)).entries,
  }
}
export type Desk = Awaited<ReturnType<typeof openDesk>>
