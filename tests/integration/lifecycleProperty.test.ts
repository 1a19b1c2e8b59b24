import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Core } from '../../server/core.ts'
import type { Database } from '../../server/db/database.ts'
import { verifyLedger } from '../../server/ledger/rules.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { JoinAs } from '../../shared/protocol/events.ts'
import { QUESTION_ACTIONS } from '../../shared/rules/questionLifecycle.ts'
import type { QuestionAction } from '../../shared/questions.ts'
import { applyJoined } from '../../web/sessions/reduce.ts'
import { NOWHERE, openCore, openTestDatabase } from '../support/core.ts'
import type { OpenedCore } from '../support/core.ts'
import { WAY_TO, sessionInput } from '../support/fixtures.ts'
import { shown } from '../support/follow.ts'

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
  { weight: 1, arbitrary: fc.record({ type: fc.constant('chat' as const), actor, remove: fc.boolean() }) },
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
  const input = sessionInput({ settings: { reviewFirst, askBefore: true, chatEnabled: true, chatSlowSeconds: 0 } })
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
        return core.questions.submit(personId, sessionId, { sessionId, id, text: `问题 ${asked.length}`, name: null })
      }
      case 'act': {
        const question = await target()
        if (!question) return null
        const base = { sessionId, questionId: question.id, expectedVersion: question.version - (command.late ? 1 : 0) }
        const asking = await core.stores.questions.asking(sessionId)
        return core.questions.act(personId, withDetails(base, command.action, asking?.id ?? null))
      }
      case 'vote': {
        const question = await target()
        return question && core.votes.vote(personId, NOWHERE, { sessionId, questionId: question.id, up: command.up })
      }
      case 'chat': {
        if (command.remove && said.length > 0) return core.chat.delete(personId, { sessionId, messageId: said[0]! })
        const id = randomUUID()
        said.push(id)
        return core.chat.send(personId, sessionId, { sessionId, id, text: '好', name: null })
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

function withDetails(base: { sessionId: string; questionId: string; expectedVersion: number }, action: QuestionAction, replacing: string | null) {
  if (action === 'decline') return { ...base, action, reason: '重复' }
  if (action === 'edit') return { ...base, action, text: `改 ${base.expectedVersion}` }
  if (action === 'air') return { ...base, action, replacing }
  return { ...base, action }
}

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
  }
  const ledger = await core.ledger.file(sessionId)
  expect(verifyLedger(ledger)).toMatchObject({ ok: true })
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
