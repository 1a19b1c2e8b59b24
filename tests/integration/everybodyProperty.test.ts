import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Core } from '../../server/core.ts'
import type { Database } from '../../server/db/database.ts'
import { sortOut } from '../../server/realtime/batch.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { JoinAs } from '../../shared/protocol/events.ts'
import type { QuestionBulk } from '../../shared/questions.ts'
import { hidesText } from '../../shared/rules/declining.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { applyEvent, applyJoined } from '../../web/sessions/reduce.ts'
import { openCore, openTestDatabase } from '../support/core.ts'
import type { OpenedCore } from '../support/core.ts'
import { WAY_TO, questionInput, sessionInput } from '../support/fixtures.ts'
import { shown } from '../support/follow.ts'

const ON_QUESTIONS = [
  ...['revise', 'withdraw', 'withdraw', 'vote', 'stuff', 'stuff', 'stuff', 'stuff', 'object', 'object', 'note', 'sanction', 'approve', 'approve', 'approve', 'approve', 'decline', 'hide', 'hide'],
  ...['merge', 'merge', 'merge', 'split', 'label', 'take_back', 'air', 'air', 'air', 'answer', 'answer', 'answer', 'reply', 'reply', 'edit'],
] as const
const ELSEWHERE = [
  ...['submit', 'submit', 'swear', 'offline', 'words', 'judge', 'judge', 'chat', 'release', 'delete', 'topics', 'end'],
  ...['poll', 'open', 'open', 'open', 'tick', 'tick', 'close', 'close', 'drop', 'word', 'word'],
] as const
const some = { who: fc.nat(2), which: fc.nat(5), other: fc.nat(5) }
const onQuestion = fc.record({ question: fc.constant(true as const), deed: fc.constantFrom(...ON_QUESTIONS), ...some })
const elsewhere = fc.record({ question: fc.constant(false as const), deed: fc.constantFrom(...ELSEWHERE), ...some })
type OnQuestion = typeof onQuestion extends fc.Arbitrary<infer T> ? T : never
type Elsewhere = typeof elsewhere extends fc.Arbitrary<infer T> ? T : never

let database: Database
let core: Core
let person: OpenedCore['person']
let host: string
let time = Date.parse('2026-11-22T01:30:00.000Z')
beforeAll(async () => {
  database = await openTestDatabase()
  ;({ core, person } = openCore(database, () => new Date(time++)))
  host = await person('host')
})

async function openWorld(reviewFirst: boolean) {
  const input = sessionInput({ settings: { ...DEFAULT_SETTINGS, reviewFirst, topics: [{ id: randomUUID(), name: '住房' }], lateMinutes: 30, rule: { top: 2, perTopic: 1, correctEarly: true } } })
  let { version } = await core.sessions.create(host, input)
  for (const action of WAY_TO.live) ({ version } = await core.sessions.phase(host, { sessionId: input.id, action, expectedVersion: version }))
  const world = { sessionId: input.id, topicId: input.settings.topics[0]!.id, people: [randomUUID(), randomUUID(), randomUUID()], stranger: randomUUID(), polls: [] as string[] }
  const start = new Map<string, Awaited<ReturnType<typeof stateOf>>>()
  for (const [personId, as] of [[host, 'desk'], [world.people[0]!, 'participant'], [world.people[1]!, 'participant'], [world.stranger, 'participant']] as const) start.set(`${personId} ${as}`, await stateOf(world.sessionId, personId, as))
  return { ...world, start }
}
type World = Awaited<ReturnType<typeof openWorld>>

const stateOf = async (sessionId: string, personId: string, as: JoinAs) => applyJoined(null, await core.sync.join(personId, { sessionId, as, since: null }))!
const rowsOf = (sessionId: string) => database.read.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).orderBy('number').execute()

/** Words that nobody else has, with a number that nobody may read. */
const words = (name: string) => `${name}${randomUUID().slice(0, 8)}末，电话13800138000`

async function runElsewhere({ sessionId, people, polls, topicId }: World, { deed, who, which, other }: Elsewhere): Promise<unknown> {
  const personId = people[who]!
  const poll = async () => (await core.sync.join(host, { sessionId, as: 'desk', since: null })).snapshot?.polls.find(({ id }) => id === polls[which % Math.max(1, polls.length)])
  switch (deed) {
    case 'submit':
    case 'swear':
      return core.questions.submit(personId, randomUUID(), { ...questionInput(sessionId, words(deed === 'swear' ? '加微信' : '始')), topicId: which % 2 ? topicId : null })
    case 'offline':
      return core.questions.intake(host, { sessionId, id: randomUUID(), text: words('始'), name: null, topicId: null, channel: 'paper' })
    case 'chat':
      return core.chat.send(personId, randomUUID(), { sessionId, id: randomUUID(), text: which % 2 ? '加 微信' : '好', name: null })
    case 'release':
    case 'delete': {
      const message = await database.read.selectFrom('chatMessages').select('id').where('sessionId', '=', sessionId).orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return message && core.chat[deed](host, { sessionId, messageId: message.id })
    }
    case 'words':
      return core.moderation.setWords(host, { sessionId, scope: 'session', words: which % 2 ? ['末'] : [] })
    case 'topics': {
      const { id: _id, phase: _p, wentLiveAt: _w, endedAt: _e, createdAt: _c, intake: _i, seal: _s, version, settings, ...rest } = await core.sessions.get(sessionId)
      return core.sessions.edit(host, sessionId, { ...rest, settings: { ...settings, topics: [...settings.topics.slice(0, 11), { id: randomUUID(), name: '新' }] }, expectedVersion: version })
    }
    case 'end':
      return which === 0 && core.sessions.phase(host, { sessionId, action: 'end', expectedVersion: (await core.sessions.get(sessionId)).version })
    case 'judge': {
      const flags = await database.read.selectFrom('voteFlags').select('id').where('sessionId', '=', sessionId).orderBy('id').execute()
      const flag = flags[which % Math.max(1, flags.length)]
      return flag && core.judges.judge(host, { sessionId, flagId: flag.id, verdict: (['set_aside', 'open', 'dismissed'] as const)[other % 3]!, note: '刷票' })
    }
    case 'poll': {
      const id = randomUUID()
      polls.push(id)
      return core.polls.save(host, { sessionId, id, expectedVersion: null, kind: which % 2 ? 'words' : 'rating', title: '满意吗', options: [], maxChoices: 1, showResults: other % 2 ? 'after' : 'live' })
    }
    case 'open':
    case 'close':
    case 'drop':
    case 'word': {
      const found = await poll()
      if (!found) return
      const base = { sessionId, pollId: found.id, expectedVersion: found.version }
      if (deed === 'word') return core.polls.act(host, { ...base, action: 'hide_word', word: other % 2 ? '路灯' : '博彩', hidden: who === 0 })
      return core.polls.act(host, { ...base, action: deed === 'drop' ? 'delete' : deed })
    }
    case 'tick': {
      const found = await poll()
      return found && core.pollAnswers.answer(personId, { sessionId, pollId: found.id, choices: other === 0 ? [] : found.kind === 'words' ? [other % 2 ? '路灯' : '博彩'] : ['5'] })
    }
  }
}

async function runOnQuestion({ sessionId, people, topicId }: World, { deed, who, which, other }: OnQuestion): Promise<unknown> {
  const personId = people[who]!
  const rows = await rowsOf(sessionId)
  const question = rows[which % Math.max(1, rows.length)]
  const into = rows[other % Math.max(1, rows.length)]
  if (!question || !into) return
  const targets = rows.filter((_, index) => index % 3 === which % 3).map(({ id, version }) => ({ questionId: id, expectedVersion: version }))
  const bulk = (act: QuestionBulk['act']) => targets.length > 0 && core.questions.bulk(host, { sessionId, targets, act })
  const base = { sessionId, questionId: question.id, expectedVersion: question.version }
  switch (deed) {
    case 'revise':
      return core.questions.act(question.personId, { ...base, action: 'revise', text: words('始'), topicId: null, pictureId: null })
    case 'withdraw':
      return core.questions.act(question.personId, { ...base, action: 'withdraw' })
    case 'vote':
      return core.votes.vote(personId, { address: '', userAgent: '' }, { sessionId, questionId: question.id, up: other > 1 })
    case 'stuff':
      return Promise.all(Array.from({ length: 9 }, () => core.votes.vote(randomUUID(), { address: '203.0.113.9', userAgent: 'script' }, { sessionId, questionId: question.id, up: true })))
    case 'object':
      return core.objections.object(personId, { sessionId, questionId: question.id, reason: other === 0 ? null : '没答到' })
    case 'note':
      return core.moderation.note(host, { sessionId, questionId: question.id, id: randomUUID(), text: 'STAFF ONLY' })
    case 'sanction':
      return core.moderation.sanction(host, { sessionId, author: question.asker, kind: (['mute', 'ban', null] as const)[other % 3]!, reason: '刷屏' })
    case 'decline':
    case 'hide':
      return bulk({ action: 'decline', code: deed === 'hide' ? 'privacy' : 'off_topic', reason: '' })
    case 'label':
      return bulk({ action: 'label', topicId })
    case 'merge':
      return bulk({ action: 'merge', intoId: into.id })
    case 'approve':
    case 'split':
    case 'take_back':
      return bulk({ action: deed })
    case 'air': {
      const asking = await core.stores.questions.asking(sessionId)
      return core.questions.act(host, { ...base, action: 'air', replacing: asking?.id ?? null, seconds: 0 })
    }
    case 'answer':
      return core.questions.act(host, { ...base, action: 'answer' })
    case 'reply':
      return core.questions.act(host, { ...base, action: 'reply', text: '已答复', guestId: null })
    case 'edit':
      return core.questions.act(host, { ...base, action: 'edit', text: words('始') })
  }
}

/** What is the same for whoever followed, whoever was away, and whoever comes anew. */
async function expectAllAlike({ sessionId, start }: World): Promise<void> {
  for (const [key, before] of start) {
    const [personId, as] = key.split(' ') as [string, JoinAs]
    const now = shown(await stateOf(sessionId, personId, as))
    const missed = await core.sync.join(personId, { sessionId, as, since: { epoch: before.epoch, seq: before.seq } })
    expect(missed.snapshot).toBeNull()
    expect(shown(applyJoined(before, missed)!), `${as} who was away`).toEqual(now)
    const batch = sortOut(await core.stores.events.after(sessionId, before.seq, missed.seq, null))
    const told = [...(batch.people.get(personId) ?? []), ...(as === 'desk' ? batch.desk : batch.public)].map(core.receipts.reveal)
    expect({ ...shown(told.reduce(applyEvent, before)), seq: now.seq }, `${as} who was told at once`).toEqual(now)
  }
}

/** What a stranger can get hold of, by any road. */
async function expectNothingLeaks({ sessionId, start, stranger, people }: World): Promise<void> {
  const rows = await rowsOf(sessionId)
  const token = (text: string) => /[始信][0-9a-f]{8}末/.exec(text)?.[0]
  const snapshot = JSON.stringify(await core.sync.join(stranger, { sessionId, as: 'participant', since: null }))
  const missed = JSON.stringify(await core.sync.join(stranger, { sessionId, as: 'participant', since: { epoch: database.epoch, seq: start.get(`${stranger} participant`)!.seq } }))
  const record = JSON.stringify([await core.outcomes.page(sessionId, { after: 0 }), await core.exports.outcomesTable(sessionId, 'en'), await core.ledger.file(sessionId)])
  const everything = snapshot + missed + record
  for (const secret of [...people, host, ...rows.flatMap(({ receipt, salt, personId }) => [receipt, salt, personId]), '13800138000', 'STAFF ONLY']) expect(everything).not.toContain(secret)
  for (const { text, state, reasonCode, mergedIntoId } of rows) {
    const own = token(text)
    if (own === undefined) continue
    const root = rows.find(({ id }) => id === mergedIntoId) ?? { state, reasonCode }
    const unlawful = root.state === 'declined' && root.reasonCode !== null && hidesText(root.reasonCode)
    if (!isPublic(state)) expect(snapshot, `${state} in a snapshot`).not.toContain(own)
    if (unlawful || root.state === 'pending') expect(missed, `${state} in the log`).not.toContain(own)
    if (unlawful || root.state === 'pending') expect(record, `${state} in the record`).not.toContain(own)
  }
}

test('whatever residents and staff do: one picture for all who may see it, nothing for those who may not, and a ledger that holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(fc.oneof(onQuestion, elsewhere), { minLength: 10, maxLength: 45 }), async (reviewFirst, commands) => {
      const world = await openWorld(reviewFirst)
      for (const each of commands) {
        await (each.question ? runOnQuestion(world, each) : runElsewhere(world, each)).catch((error: unknown) => {
          if (!(error instanceof RefusedError) || error.refusal.code === 'internal') throw error
        })
      }
      expect(await core.ledger.check(world.sessionId)).toMatchObject({ ok: true })
      await expectAllAlike(world)
      await expectNothingLeaks(world)
    }),
    { numRuns: 40, interruptAfterTimeLimit: 25_000 },
  )
})
