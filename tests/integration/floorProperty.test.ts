import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HandAction } from '../../shared/floor.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { JoinAs } from '../../shared/protocol/events.ts'
import { LIMITS } from '../../shared/limits.ts'
import { isItsTurn } from '../../shared/rules/floor.ts'
import { HAND_ACTIONS, HAND_STEPS, isRaised, maySpeak } from '../../shared/rules/handLifecycle.ts'
import { applyJoined } from '../../web/sessions/reduce.ts'
import type { SessionState } from '../../web/sessions/reduce.ts'
import { TOPICS } from '../support/desk.ts'
import { openTestDatabase } from '../support/core.ts'
import { TABLES, openFloor } from '../support/floor.ts'
import type { OpenedFloor, Step } from '../support/floor.ts'
import { shown } from '../support/follow.ts'

const RESIDENTS = ['wang', 'li', 'zhao', 'chen'] as const
const ACTORS = [...RESIDENTS, 'host', 'director', 'moderator', 'helper'] as const
type Actor = (typeof ACTORS)[number]

const actor = fc.constantFrom<Actor>(...ACTORS, 'host', 'host', 'host', 'director')
const pick = fc.nat(7)
const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('raise' as const), actor: fc.constantFrom(...RESIDENTS), again: fc.boolean(), rude: fc.boolean(), pick }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('raiseFor' as const), actor, pick, listed: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('act' as const), actor, pick, action: fc.constantFrom(...HAND_ACTIONS), sensible: fc.constant(false), late: fc.integer({ min: 0, max: 9 }).map((n) => n === 0), why: fc.boolean() }) },
  // What people press who see where a hand stands.
  { weight: 16, arbitrary: fc.record({ type: fc.constant('act' as const), actor, pick, action: fc.constantFrom(...HAND_ACTIONS), sensible: fc.constant(true), late: fc.constant(false), why: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('set' as const), actor, open: fc.constantFrom(true, true, false), tables: fc.constantFrom(TABLES, TABLES, TABLES.slice(1)) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('hall' as const), actor: fc.constantFrom(...RESIDENTS) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('mute' as const), actor, pick, muted: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('phase' as const), action: fc.constantFrom('pause' as const, 'resume' as const, 'cut' as const, 'resume' as const) }) },
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never
type World = OpenedFloor & { people: Record<Actor, string>; attendeeId: string; raised: string[]; called: { id: string; wasTurn: boolean; reason: string | null }[] }

async function openWorld(database: Awaited<ReturnType<typeof openTestDatabase>>): Promise<World> {
  const floor = await openFloor({ open: async () => database })
  const people = { host: floor.host, director: await floor.somebody('director'), moderator: await floor.somebody('moderator'), helper: await floor.somebody('helper'), wang: randomUUID(), li: randomUUID(), zhao: randomUUID(), chen: randomUUID() }
  const attendeeId = await floor.attendee({ personId: people.chen, applied: true, tableId: TABLES[0]!.id })
  return { ...floor, people, attendeeId, raised: [], called: [] }
}

const rows = ({ database, sessionId }: World) => database.read.selectFrom('hands').selectAll().where('sessionId', '=', sessionId).orderBy('number').execute()

function stepOf(action: HandAction, { pick: chosen, why }: Pick<Extract<Command, { type: 'act' }>, 'pick' | 'why'>): Step {
  const reason = why ? '照顾老人' : ''
  switch (action) {
    case 'invite':
    case 'dismiss':
      return { action, reason }
    case 'start':
      return { action, reason, seconds: 60 }
    case 'time':
      return { action, seconds: 30 + chosen }
    case 'arrange':
      return { action, place: chosen % 2 === 0 ? 'hall' : 'home', topicId: TOPICS[chosen % 2]?.id ?? null, tableId: chosen % 3 === 0 ? null : (TABLES[chosen % 2]?.id ?? null) }
    case 'accept':
    case 'ready':
    case 'finish':
    case 'recall':
    case 'lower':
      return { action }
  }
}

async function act(world: World, command: Extract<Command, { type: 'act' }>): Promise<void> {
  const { core, sessionId, people, called } = world
  const all = await rows(world)
  const raised = all.filter(({ state }) => isRaised(state) || command.pick === 0).map(({ id }) => id)
  const hand = all.find(({ id }) => id === raised[command.pick % raised.length])
  if (!hand) return
  const wasTurn = isItsTurn(all, hand)
  const possible = HAND_STEPS.filter(({ from, action }) => from === hand.state && (action !== 'start' || maySpeak(hand)))
  // Forwards more often than out of it.
  const forwards = possible.filter(({ action }) => !['lower', 'dismiss', 'recall', 'arrange'].includes(action))
  const options = forwards.length > 0 && command.pick > 1 ? forwards : possible
  const step = command.sensible ? options[HAND_ACTIONS.indexOf(command.action) % options.length] : undefined
  const action = step?.action ?? command.action
  const personId = step?.by.includes('self') && hand.personId ? hand.personId : step && step.by[0] !== 'self' ? people.host : people[command.actor]
  await core.floor.act(personId, { ...stepOf(action, command), sessionId, handId: hand.id, expectedVersion: hand.version - (command.late ? 1 : 0) })
  if (hand.state === 'waiting' && (action === 'invite' || action === 'start')) called.push({ id: hand.id, wasTurn, reason: (await world.stored(hand.id)).outOfTurn })
}

/** One thing somebody does. Resolves however it is received, unless the server failed. */
async function run(world: World, command: Command): Promise<void> {
  const { core, sessionId, people, raised } = world
  const doIt = async (): Promise<unknown> => {
    switch (command.type) {
      case 'raise': {
        const id = command.again && raised.length > 0 ? raised.at(-1)! : randomUUID()
        if (!raised.includes(id)) raised.push(id)
        const name = command.rude ? '加微信领补贴' : `姓名末${command.actor}`
        return core.floor.raise(people[command.actor], randomUUID(), { sessionId, id, name, questionId: null, topicId: TOPICS[command.pick % 3]?.id ?? null, tableId: TABLES[command.pick % 3]?.id ?? null, about: `事由末${command.actor}，电话13800138000` })
      }
      case 'raiseFor': {
        const id = randomUUID()
        raised.push(id)
        return world.raiseFor(people[command.actor], command.listed ? { id, attendeeId: world.attendeeId, name: '' } : { id, seat: `${command.pick}` })
      }
      case 'act':
        return act(world, command)
      case 'set':
        return world.set({ open: command.open, tables: command.tables }, people[command.actor])
      case 'hall':
        return world.enterHall(people[command.actor])
      case 'mute':
        return core.muting.mute(people[command.actor], { sessionId, seatId: raised[command.pick % raised.length] ?? world.guests[0]!.id, muted: command.muted })
      case 'phase':
        return command.action === 'cut' ? core.cuts.cut(world.host, { sessionId, reason: '' }, '') : world.advance(command.action)
    }
  }
  await doIt().catch((error: unknown) => {
    if (!(error instanceof RefusedError) || error.refusal.code === 'internal') throw error
  })
}

async function stateOf({ core, sessionId }: World, personId: string, as: JoinAs): Promise<SessionState> {
  return applyJoined(null, await core.sync.join(personId, { sessionId, as, since: null }))!
}

async function checkInvariants(world: World, start: ReadonlyMap<string, SessionState>): Promise<void> {
  const { core, sessionId, called } = world
  const all = await rows(world)
  const { handCount, muted, guests } = await world.session()
  expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1))
  expect(handCount).toBe(all.length)
  const standing = all.filter(({ state }) => isRaised(state))
  expect(new Set(standing.map(({ speaker }) => speaker)).size, 'one hand for each speaker').toBe(standing.length)
  expect(all.filter(({ state }) => state === 'speaking').length).toBeLessThanOrEqual(LIMITS.speakersAtOnce)
  for (const seat of muted) expect(all.some(({ id, state }) => id === seat && state === 'speaking') || guests.some(({ id }) => id === seat)).toBe(true)
  for (const { wasTurn, reason } of called) expect(reason === null, 'a reason exactly where it was not their turn').toBe(wasTurn)
  for (const row of all) expect(row.turns, 'turns').toBe(all.filter(({ state, speaker, number }) => state === 'spoke' && speaker === row.speaker && number < row.number).length)

  const { entries } = await core.ledger.file(sessionId)
  expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
  for (const row of all) expect(entries.findLast(({ subject, number }) => subject === 'hand' && number === row.number)?.to).toBe(row.state)
  expect(JSON.stringify(entries)).not.toMatch(/姓名末|事由末/)

  // What nobody may read: names that are held and words of who is not called, and anything of who is not there any more.
  const stranger = JSON.stringify(await core.sync.join(randomUUID(), { sessionId, as: 'participant', since: null }))
  const missed = JSON.stringify(await core.sync.join(randomUUID(), { sessionId, as: 'participant', since: { epoch: world.database.epoch, seq: start.get('wang participant')!.seq } }))
  if (!all.some(({ calledAt, state }) => calledAt !== null && state !== 'lowered')) for (const text of [stranger, missed]) expect(text).not.toMatch(/事由末|加微信/)
  if (all.every(({ state }) => state === 'lowered')) expect(missed).not.toMatch(/姓名末/)
  for (const text of [stranger, missed, JSON.stringify(entries)]) for (const secret of ['13800138000', ...Object.values(world.people)]) expect(text).not.toContain(secret)

  for (const [key, before] of start) {
    const [name, as] = key.split(' ') as [Actor, JoinAs]
    const caught = await core.sync.join(world.people[name], { sessionId, as, since: { epoch: before.epoch, seq: before.seq } })
    expect(caught.snapshot).toBeNull()
    expect(shown(applyJoined(before, caught)!), key).toEqual(shown(await stateOf(world, world.people[name], as)))
  }
}

test('whatever people do on the floor: one hand each, turns in their order or a reason in public, a ledger that holds, and a replay that equals a fresh page', async () => {
  const database = await openTestDatabase()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), { minLength: 8, maxLength: 16 }), async (rounds) => {
      const world = await openWorld(database)
      const start = new Map<string, SessionState>()
      for (const key of ['host desk', 'moderator desk', 'wang participant', 'chen participant', 'helper participant']) {
        const [name, as] = key.split(' ') as [Actor, JoinAs]
        start.set(key, await stateOf(world, world.people[name], as))
      }
      for (const name of ['wang', 'li'] as const) await run(world, { type: 'raise', actor: name, again: false, rude: false, pick: 0 })
      // Steps of one round come at once.
      for (const round of rounds) {
        const [first, ...others] = round
        if (first) await run(world, first)
        await Promise.all(others.filter(({ type }) => type !== 'act').map((one) => run(world, one)))
        for (const one of others) if (one.type === 'act') await run(world, one)
      }
      await checkInvariants(world, start)
      await world.advance('resume').catch(() => null)
      await world.advance('end')
      expect((await rows(world)).filter(({ state }) => isRaised(state))).toEqual([])
      await checkInvariants(world, start)
    }),
    { numRuns: 40, interruptAfterTimeLimit: 25_000 },
  )
})
