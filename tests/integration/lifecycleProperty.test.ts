import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Core } from '../../server/core.ts'
import type { Database } from '../../server/db/database.ts'
import { verifyLedger } from '../../server/ledger/rules.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { JoinAs } from '../../shared/protocol/events.ts'
import { QUESTION_ACTIONS } from '../../shared/rules/questionLifecycle.ts'
import type { QuestionAct } from '../../shared/questions.ts'
import { applyJoined } from '../../web/sessions/reduce.ts'
import { NOWHERE, openCore, openTestDatabase } from '../support/core.ts'
import type { OpenedCore } from '../support/core.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { WAY_TO, questionInput, sessionInput } from '../support/fixtures.ts'
import { shown } from '../support/follow.ts'

const TOPIC = { id: randomUUID(), name: '住房' }
const ACTORS = ['host', 'otherHost', 'moderator', 'resident', 'neighbour'] as const
type Actor = (typeof ACTORS)[number]

// Hosts most often: they may do most, and what is refused moves nothing.
const actor = fc.constantFrom(...ACTORS, 'host' as const, 'host' as const, 'otherHost' as const)
const action = fc.constantFrom(...QUESTION_ACTIONS, 'approve' as const, 'air' as const, 'air' as const, 'air' as const, 'answer' as const)
/** Which question, of those there are: taken modulo their number. */
const pick = fc.nat(5)
const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('submit' as const), actor, again: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('act' as const), actor, pick, action, late: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('vote' as const), actor, pick, up: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('chat' as const), actor, does: fc.constantFrom('say' as const, 'swear' as const, 'remove' as const, 'release' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('object' as const), actor, pick, back: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('note' as const), actor, pick }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('intake' as const), actor, paused: fc.integer({ min: 0, max: 4 }).map((n) => n === 0) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('offline' as const), actor }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('sanction' as const), actor, pick, kind: fc.constantFrom('mute' as const, 'ban' as const, null, null) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('phase' as const), actor, action: fc.constantFrom('pause' as const, 'resume' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('admit' as const), actor, onAir: fc.boolean() }) },
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

let database: Database
let core: Core
let person: OpenedCore['person']
beforeAll(async () => {
  database = await openTestDatabase()
  ;({ core, person } = openCore(database))
})

async function openWorld(reviewFirst: boolean) {
  const host = await person('host')
  const input = sessionInput({ settings: { ...DEFAULT_SETTINGS, reviewFirst, topics: [TOPIC] } })
  const sessionId = input.id
  let { version } = await core.sessions.create(host, input)
  for (const action of WAY_TO.live) ({ version } = await core.sessions.phase(host, { sessionId, action, expectedVersion: version }))
  const people: Record<Actor, string> = {
    host,
    otherHost: await person('host', sessionId),
    moderator: await person('moderator', sessionId),
    resident: await person('participant'),
    neighbour: await person('participant'),
  }
  return { sessionId, people, seat: input.guests[0]!.id, asked: [] as string[], said: [] as string[] }
}
type World = Awaited<ReturnType<typeof openWorld>>

/** One thing somebody does, by what they could have seen. Resolves however it is received, unless the server failed. */
async function run(world: World, command: Command): Promise<void> {
  const { sessionId, people, asked, said } = world
  const personId = people[command.actor]
  const target = async () => {
    const id = 'pick' in command ? asked[command.pick % asked.length] : undefined
    return id ? core.stores.questions.byId(id) : null
  }
  const doIt = async (): Promise<unknown> => {
    switch (command.type) {
      case 'submit': {
        const id = command.again && asked.length > 0 ? asked.at(-1)! : randomUUID()
        if (!asked.includes(id)) asked.push(id)
        return core.questions.submit(personId, sessionId, { ...questionInput(sessionId, asked.length % 4 === 3 ? '加微信领补贴' : `问题 ${asked.length}，打13800138000`), id, topicId: asked.length % 2 === 0 ? TOPIC.id : null })
      }
      case 'act': {
        const question = await target()
        if (!question) return null
        const base = { sessionId, questionId: question.id, expectedVersion: question.version - (command.late ? 1 : 0) }
        const asking = await core.stores.questions.asking(sessionId)
        return core.questions.act(personId, withDetails(world, base, command, asking?.id ?? null))
      }
      case 'vote': {
        const question = await target()
        return question && core.votes.vote(personId, NOWHERE, { sessionId, questionId: question.id, up: command.up })
      }
      case 'chat': {
        const held = (await chatHeld(sessionId))[0]
        if (command.does === 'release') return held && core.chat.release(personId, { sessionId, messageId: held })
        if (command.does === 'remove') return core.chat.delete(personId, { sessionId, messageId: held ?? said[0] ?? randomUUID() })
        const id = randomUUID()
        said.push(id)
        return core.chat.send(personId, sessionId, { sessionId, id, text: command.does === 'swear' ? '加 微信' : '好', name: null })
      }
      case 'object': {
        const question = await target()
        return question && core.objections.object(personId, { sessionId, questionId: question.id, reason: command.back ? null : '没答到点上' })
      }
      case 'note': {
        const question = await target()
        return question && core.moderation.note(personId, { sessionId, questionId: question.id, id: randomUUID(), text: '先核实' })
      }
      case 'intake':
        return core.sessions.intake(personId, { sessionId, paused: command.paused, slowSeconds: 0, reason: '太多了' })
      case 'offline': {
        const { question } = await core.questions.intake(personId, { sessionId, id: randomUUID(), text: '电话里问的', name: null, topicId: null, channel: 'phone' })
        return asked.push(question.id)
      }
      case 'sanction': {
        const question = await target()
        return question && core.moderation.sanction(personId, { sessionId, author: question.asker, kind: command.kind, reason: '刷屏' })
      }
      case 'phase': {
        const { version } = await core.sessions.get(sessionId)
        return core.sessions.phase(personId, { sessionId, action: command.action, expectedVersion: version })
      }
      case 'admit':
        return core.sessions.admit(personId, { sessionId, seatId: world.seat, onAir: command.onAir })
    }
  }
  await doIt().catch((error: unknown) => {
    if (!(error instanceof RefusedError)) throw error
  })
}

function withDetails({ asked, seat }: World, base: { sessionId: string; questionId: string; expectedVersion: number }, { action, pick }: Extract<Command, { type: 'act' }>, replacing: string | null): QuestionAct {
  switch (action) {
    case 'decline':
      return { ...base, action, code: 'answered_before', reason: '重复' }
    case 'edit':
      return { ...base, action, text: `改 ${base.expectedVersion}` }
    case 'revise':
      return { ...base, action, text: `重写 ${base.expectedVersion}`, topicId: null, pictureId: null }
    case 'air':
      return { ...base, action, replacing, seconds: 60 }
    case 'time':
      return { ...base, action, seconds: 30 }
    case 'reply':
      return { ...base, action, text: '书面答复', guestId: seat }
    case 'merge':
      return { ...base, action, intoId: asked[(pick + 1) % asked.length]! }
    case 'label':
      return { ...base, action, topicId: TOPIC.id }
    case 'assign':
      return { ...base, action, guestId: seat }
    case 'approve':
    case 'answer':
    case 'split':
    case 'take_back':
    case 'withdraw':
      return { ...base, action }
  }
}

const chatHeld = async (sessionId: string) =>
  (await database.read.selectFrom('chatMessages').select('id').where('sessionId', '=', sessionId).where('held', 'is not', null).where('deletedAt', 'is', null).orderBy('seq').execute()).map(({ id }) => id)

async function stateOf(personId: string, sessionId: string, as: JoinAs) {
  const joined = await core.sync.join(personId, { sessionId, as, since: null })
  return applyJoined(null, joined)!
}

async function checkInvariants({ sessionId, people }: World, start: Map<string, Awaited<ReturnType<typeof stateOf>>>) {
  const rows = await database.read.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).orderBy('number').execute()
  expect(rows.filter(({ state }) => state === 'asking').length).toBeLessThanOrEqual(1)
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1))
  for (const row of rows) {
    const { count } = await database.read
      .selectFrom('votes')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('questionId', '=', row.id)
      .executeTakeFirstOrThrow()
    expect(row.votes).toBe(Number(count))
    const objections = await database.read.selectFrom('objections').select('personId').where('questionId', '=', row.id).execute()
    expect(row.objections).toBe(objections.length)
    const root = rows.find(({ id }) => id === row.mergedIntoId)
    expect(row.state === 'merged').toBe(root !== undefined)
    expect(root?.state).not.toBe('merged')
  }
  const ledger = await core.ledger.file(sessionId)
  expect(verifyLedger(ledger)).toMatchObject({ ok: true })
  expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
  for (const row of rows) expect(ledger.entries.findLast(({ number }) => number === row.number)?.to).toBe(row.state)

  for (const [key, before] of start) {
    const [name, as] = key.split(' ') as [Actor, JoinAs]
    const missed = await core.sync.join(people[name], { sessionId, as, since: { epoch: before.epoch, seq: before.seq } })
    expect(missed.snapshot).toBeNull()
    expect(shown(applyJoined(before, missed)!)).toEqual(shown(await stateOf(people[name], sessionId, as)))
  }
}

test('whatever people do, in whatever order and at once: one question on air, a ledger that holds, votes that are counted, and a replay that equals a fresh page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(fc.array(command, { minLength: 1, maxLength: 5 }), { minLength: 8, maxLength: 14 }), async (reviewFirst, rounds) => {
      const world = await openWorld(reviewFirst)
      const viewers = ['host desk', 'moderator desk', 'resident participant', 'neighbour participant', 'host participant']
      const start = new Map<string, Awaited<ReturnType<typeof stateOf>>>()
      for (const key of viewers) {
        const [name, as] = key.split(' ') as [Actor, JoinAs]
        start.set(key, await stateOf(world.people[name], world.sessionId, as))
      }
      // Something to act on from the beginning.
      for (const name of ['resident', 'neighbour', 'resident'] as const) await run(world, { type: 'submit', actor: name, again: false })
      const votes: Promise<void>[] = []
      for (const round of rounds) {
        const doing = round.map((command) => ({ command, done: run(world, command) }))
        // Votes are acknowledged in bursts; nobody waits for theirs before going on.
        for (const { command, done } of doing) {
          if (command.type === 'vote') votes.push(done)
          else await done
        }
      }
      await Promise.all(votes)
      await checkInvariants(world, start)
    }),
    { numRuns: 20, interruptAfterTimeLimit: 20_000 },
  )
})
