import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Core } from '../../server/core.ts'
import type { Database } from '../../server/db/database.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { QuestionAct } from '../../shared/questions.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { applyJoined } from '../../web/sessions/reduce.ts'
import { NOWHERE, openCore, openTestDatabase } from '../support/core.ts'
import { WAY_TO, questionInput, sessionInput } from '../support/fixtures.ts'
import { shown } from '../support/follow.ts'
import { startPostgres } from '../support/postgres.ts'

/** Two processes, as far as a database can tell. */
let here: Core
let there: Core
let database: Database
let host: string
let sessionId: string
beforeAll(async () => {
  const url = await (await startPostgres()).createDatabase()
  database = await openTestDatabase(url)
  const first = openCore(database)
  here = first.core
  there = openCore(await openTestDatabase(url)).core
  host = await first.person('host')
  const input = sessionInput({ settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
  sessionId = input.id
  let { version } = await here.sessions.create(host, input)
  for (const action of WAY_TO.live) ({ version } = await here.sessions.phase(host, { sessionId, action, expectedVersion: version }))
})

type ActOf<A> = A extends QuestionAct ? Omit<A, 'sessionId' | 'questionId' | 'expectedVersion'> : never
const ask = async (asker: string = randomUUID()) => ({ ...(await here.questions.submit(asker, randomUUID(), questionInput(sessionId))), asker })
const act = (core: Core, id: string, step: ActOf<QuestionAct>, expectedVersion = 1, who = host) => core.questions.act(who, { ...step, sessionId, questionId: id, expectedVersion })
const stored = async (id: string) => (await here.stores.questions.byId(id))!

/** The codes of what was refused; anything else that went wrong is thrown. */
async function refusals(doings: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(doings)
  return settled.flatMap((one) => {
    if (one.status === 'fulfilled') return []
    if (one.reason instanceof RefusedError && one.reason.refusal.code !== 'internal') return [one.reason.refusal.code]
    throw one.reason
  })
}

async function expectWhole(before: Awaited<ReturnType<Core['sync']['join']>>) {
  expect(await there.ledger.check(sessionId)).toMatchObject({ ok: true })
  for (const row of await database.read.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).execute()) {
    const votes = await database.read.selectFrom('votes').select('personId').where('questionId', '=', row.id).where('setAside', 'is', null).execute()
    expect(row.votes, `votes of ${row.state} question ${row.number}`).toBe(votes.length)
    const below = await database.read.selectFrom('questions').select('id').where('mergedIntoId', '=', row.id).execute()
    expect(row.merged).toBe(below.length)
  }
  const missed = await there.sync.join(host, { sessionId, as: 'desk', since: before })
  const fresh = await here.sync.join(host, { sessionId, as: 'desk', since: null })
  expect(missed.snapshot).toBeNull()
  expect(shown(applyJoined(applyJoined(null, before), missed)!)).toEqual(shown(applyJoined(null, fresh)!))
}
const now = () => here.sync.join(host, { sessionId, as: 'desk', since: null })

test('two hosts merge A into B and B into A: one does', async () => {
  const before = await now()
  for (let round = 0; round < 8; round++) {
    const [a, b] = [await ask(), await ask()]
    expect(await refusals([act(here, a.id, { action: 'merge', intoId: b.id }), act(there, b.id, { action: 'merge', intoId: a.id })])).toEqual(['wrong_state'])
    expect([(await stored(a.id)).state, (await stored(b.id)).state].toSorted()).toEqual(['approved', 'merged'])
  }
  await expectWhole(before)
})

test('votes while it is merged, split and withdrawn are all counted, once', async () => {
  const before = await now()
  for (let round = 0; round < 6; round++) {
    const [root, child] = [await ask(), await ask()]
    const people = Array.from({ length: 12 }, () => randomUUID())
    const vote = (core: Core, id: string, personId: string, up = true) => core.votes.vote(personId, NOWHERE, { sessionId, questionId: id, up })
    await refusals([
      ...people.map((personId, index) => vote(index % 2 ? here : there, index % 3 ? root.id : child.id, personId)),
      act(there, child.id, { action: 'merge', intoId: root.id }),
      ...people.map((personId, index) => vote(index % 2 ? there : here, root.id, personId, index % 4 > 0)),
      act(here, child.id, { action: 'split' }, 2),
      act(there, root.id, { action: 'withdraw' }, 1, root.asker),
    ])
  }
  await expectWhole(before)
})

test('what is withdrawn as it is answered, put on air twice, or sent twice, ends in one state', async () => {
  const before = await now()
  for (let round = 0; round < 6; round++) {
    const own = await ask()
    await act(here, own.id, { action: 'air', replacing: null, seconds: 0 })
    const refused = await refusals([act(here, own.id, { action: 'answer' }, 2), act(there, own.id, { action: 'withdraw' }, 2, own.asker)])
    expect(refused).toEqual(['stale'])
    const [a, b] = [await ask(), await ask()]
    expect(await refusals([act(here, a.id, { action: 'air', replacing: null, seconds: 0 }), act(there, b.id, { action: 'air', replacing: null, seconds: 0 })])).toEqual(['stale'])
    const asking = (await here.stores.questions.asking(sessionId))!
    await act(there, asking.id, { action: 'answer' }, 2)
    const twice = questionInput(sessionId)
    const asker = randomUUID()
    const made = await Promise.all([here, there, here].map((core) => core.questions.submit(asker, randomUUID(), twice)))
    expect(new Set(made.map(({ receipt }) => receipt)).size).toBe(1)
    expect(await refusals([here.questions.submit(randomUUID(), randomUUID(), twice), there.questions.intake(host, { sessionId, id: twice.id, text: '冒名', name: null, topicId: null, channel: 'hall' })])).toEqual(['forbidden', 'forbidden'])
  }
  await expectWhole(before)
})

test('a poll that closes while answers are gathered counts what it took, and nothing after', async () => {
  const before = await now()
  const poll = await here.polls.save(host, { sessionId, id: randomUUID(), expectedVersion: null, kind: 'rating', title: '满意吗', options: [], maxChoices: 1, showResults: 'live' })
  await here.polls.act(host, { sessionId, pollId: poll.id, expectedVersion: 1, action: 'open' })
  const people = Array.from({ length: 60 }, () => randomUUID())
  const answers = people.map((personId, index) => (index % 2 ? here : there).pollAnswers.answer(personId, { sessionId, pollId: poll.id, choices: [String((index % 5) + 1)] }))
  const close = there.polls.act(host, { sessionId, pollId: poll.id, expectedVersion: 2, action: 'close' })
  const late = people.map((personId, index) => (index % 2 ? there : here).pollAnswers.answer(personId, { sessionId, pollId: poll.id, choices: ['1'] }))
  await refusals([...answers, close, ...late])
  const [shownPoll] = (await now()).snapshot!.polls
  const counted = Object.values(shownPoll!.counts!).reduce((sum, count) => sum + count, 0)
  const kept = await database.read.selectFrom('pollAnswers').select('personId').where('pollId', '=', poll.id).execute()
  expect([shownPoll!.answers, counted]).toEqual([kept.length, kept.length])
  expect((await there.ledger.file(sessionId)).entries.findLast(({ subject }) => subject === 'poll')).toMatchObject({ action: 'close', detail: { votes: kept.length } })
  await expectWhole(before)
})
