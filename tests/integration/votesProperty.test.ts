import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Core } from '../../server/core.ts'
import { createCommit } from '../../server/db/commit.ts'
import type { Database } from '../../server/db/database.ts'
import { castVotes } from '../../server/votes/casting.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { openCore, openTestDatabase } from '../support/core.ts'
import type { OpenedCore } from '../support/core.ts'
import { WAY_TO, questionInput, sessionInput } from '../support/fixtures.ts'

const QUESTIONS = 4
const question = fc.nat(QUESTIONS - 1)
const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('vote' as const), question, people: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 6 }), up: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('stuff' as const), question, source: fc.nat(1), votes: fc.integer({ min: 1, max: 14 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('unstuff' as const), question, source: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('judge' as const), flag: fc.nat(5), verdict: fc.constantFrom('set_aside' as const, 'set_aside' as const, 'open' as const, 'dismissed' as const) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('merge' as const), question, into: question }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('split' as const), question }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('withdraw' as const), question }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('wait' as const), seconds: fc.constantFrom(5, 90) }) },
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

let database: Database
let core: Core
let host: string
let commit: ReturnType<typeof createCommit>['commit']
let time = Date.parse('2026-11-22T01:30:00.000Z')
beforeAll(async () => {
  database = await openTestDatabase()
  const now = () => new Date(time)
  let person: OpenedCore['person']
  ;({ core, person } = openCore(database, now))
  host = await person('host')
  ;({ commit } = createCommit(database, now, () => undefined, core.vault))
})

async function openWorld() {
  const input = sessionInput({ settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
  let { version } = await core.sessions.create(host, input)
  for (const action of WAY_TO.live) ({ version } = await core.sessions.phase(host, { sessionId: input.id, action, expectedVersion: version }))
  // The first two are asked by people who vote, too.
  const people = Array.from({ length: 10 }, () => randomUUID())
  const askers = [people[0]!, people[1]!, randomUUID(), randomUUID()]
  const ids: string[] = []
  for (const asker of askers) ids.push((await core.questions.submit(asker, randomUUID(), questionInput(input.id))).id)
  return { sessionId: input.id, people, ids, stuffed: new Map<string, string[]>(), /** What each person did on each question itself, as far as it was taken. */ own: new Map(ids.map((id) => [id, new Set<string>()])) }
}
type World = Awaited<ReturnType<typeof openWorld>>

const unlessRefused = (error: unknown) => {
  if (!(error instanceof RefusedError) || error.refusal.code === 'internal') throw error
}

async function cast({ sessionId, own }: World, questionId: string, ballots: { personId: string; address: string; device: string }[], up: boolean): Promise<void> {
  const results = await commit(sessionId, (tx) => castVotes(tx, ballots.map((ballot) => ({ questionId, up, ballot })), randomUUID))
  if (typeof results.get(questionId) !== 'number') return
  for (const { personId } of ballots) own.get(questionId)![up ? 'add' : 'delete'](personId)
}

const act = async ({ sessionId }: World, personId: string, questionId: string, step: { action: 'merge'; intoId: string } | { action: 'split' } | { action: 'withdraw' }) =>
  core.questions.act(personId, { sessionId, questionId, expectedVersion: (await core.stores.questions.byId(questionId))!.version, ...step }).then(() => undefined, unlessRefused)

async function run(world: World, command: Command): Promise<void> {
  const id = 'question' in command ? world.ids[command.question]! : ''
  switch (command.type) {
    case 'vote':
      return cast(world, id, command.people.map((index) => ({ personId: world.people[index]!, address: '', device: '' })), command.up)
    case 'stuff': {
      const key = `${id}:${command.source}`
      const made = Array.from({ length: command.votes }, () => randomUUID())
      world.stuffed.set(key, [...(world.stuffed.get(key) ?? []), ...made])
      return cast(world, id, made.map((personId) => ({ personId, address: `a${command.source}`, device: `d${command.source}` })), true)
    }
    case 'unstuff': {
      const last = world.stuffed.get(`${id}:${command.source}`)?.at(-1)
      return last === undefined ? undefined : cast(world, id, [{ personId: last, address: 'a', device: 'd' }], false)
    }
    case 'judge': {
      const flags = await flagsOf(world)
      const flag = flags[command.flag % Math.max(1, flags.length)]
      if (flag) await core.judges.judge(host, { sessionId: world.sessionId, flagId: flag.id, verdict: command.verdict, note: command.verdict === 'set_aside' ? 'x' : '' })
      return
    }
    case 'merge':
      return act(world, host, id, { action: 'merge', intoId: world.ids[command.into]! })
    case 'split':
      return act(world, host, id, { action: 'split' })
    case 'withdraw':
      return act(world, (await core.stores.questions.byId(id))!.personId, id, { action: 'withdraw' })
    case 'wait':
      time += command.seconds * 1_000
  }
}

const flagsOf = ({ sessionId }: World) => database.read.selectFrom('voteFlags').selectAll().where('sessionId', '=', sessionId).orderBy('id').execute()

async function expectExact(world: World): Promise<void> {
  const flags = await flagsOf(world)
  const questions = await Promise.all(world.ids.map(async (id) => (await core.stores.questions.byId(id))!))
  const rows = await database.read.selectFrom('votes').selectAll().where('questionId', 'in', world.ids).execute()
  const sorted = (people: Iterable<string>) => [...people].toSorted()
  const direct = (id: string) => rows.filter((row) => row.questionId === id && row.viaId === null)
  for (const { id, state, votes, setAsideVotes, merged } of questions) {
    expect(sorted(direct(id).map(({ personId }) => personId)), 'what people did themselves').toEqual(sorted(world.own.get(id)!))
    const outOfCount = direct(id).filter(({ setAside }) => setAside !== null)
    for (const row of direct(id)) {
      const held = flags.filter((flag) => flag.questionId === id && flag.state === 'set_aside' && flag.firstAt <= row.at && row.at <= flag.lastAt && row[flag.kind] === flag.source)
      expect(held.some((flag) => flag.id === row.setAside), 'set aside by a flag that stands').toBe(row.setAside !== null)
      if (row.setAside === null) expect(held, 'no flag that stands lets a vote through').toEqual([])
    }
    const below = questions.filter(({ mergedIntoId }) => mergedIntoId === id)
    const voices = new Set(below.flatMap((source) => [source.personId, ...direct(source.id).filter(({ setAside }) => setAside === null).map(({ personId }) => personId)]))
    for (const personId of world.own.get(id)!) voices.delete(personId)
    const via = rows.filter((row) => row.questionId === id && row.viaId !== null)
    expect(sorted(via.map(({ personId }) => personId)), `voices through merged questions of a ${state} one`).toEqual(sorted(voices))
    expect(via.every(({ viaId, setAside }) => setAside === null && below.some((source) => source.id === viaId))).toBe(true)
    expect({ votes, setAsideVotes, merged }).toEqual({ votes: direct(id).length - outOfCount.length + via.length, setAsideVotes: outOfCount.length, merged: below.length })
  }
}

test('however people vote and hosts merge, split and judge: everybody counts once, and nothing that is set aside does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 25 }), async (commands) => {
      const world = await openWorld()
      for (const each of commands) {
        await run(world, each)
        // No two commits in one instant: a flag's time says which votes it holds.
        time += 1
        await expectExact(world)
      }
    }),
    { numRuns: 40, interruptAfterTimeLimit: 25_000 },
  )
})
