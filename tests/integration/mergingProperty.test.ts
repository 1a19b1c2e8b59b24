import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '../../server/db/database.ts'
import { castVotes } from '../../server/votes/casting.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { QuestionAct } from '../../shared/questions.ts'
import { openCore } from '../support/core.ts'
import type { OpenedCore } from '../support/core.ts'
import { onBothEngines } from '../support/engines.ts'
import { WAY_TO, questionInput, sessionInput } from '../support/fixtures.ts'
import { openStores } from '../support/stores.ts'

/** A question as plainly as it can be told. */
type Plain = { id: string; asker: string; parent: string | null; gone: boolean; voters: Set<string> }
type Plan = Map<string, Plain>

const PEOPLE = 5
const pick = fc.nat(20)
const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('submit' as const), person: fc.nat(PEOPLE - 1) }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('vote' as const), person: fc.nat(PEOPLE - 1), pick, up: fc.integer({ min: 0, max: 3 }).map((n) => n > 0) }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('merge' as const), pick, into: pick }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('mergeAll' as const), picks: fc.array(pick, { minLength: 1, maxLength: 4 }), into: pick }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constantFrom('split' as const, 'split' as const, 'withdraw' as const, 'decline' as const, 'take_back' as const, 'approve' as const), pick }) },
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

const rootOf = (plan: Plan, id: string): string => {
  const parent = plan.get(id)?.parent ?? null
  return parent === null ? id : rootOf(plan, parent)
}
const below = (plan: Plan, id: string) => [...plan.values()].filter((plain) => plain.id !== id && rootOf(plan, plain.id) === id)

/** Every voice once: the voters, and of what was merged the voters and askers. */
const voices = (plan: Plan, id: string) => new Set([...(plan.get(id)?.voters ?? []), ...below(plan, id).flatMap(({ voters, asker }) => [...voters, asker])])

async function openWorld(database: Database, { core, person }: OpenedCore) {
  const host = await person('host')
  const input = sessionInput()
  let { version } = await core.sessions.create(host, input)
  for (const action of WAY_TO.live) ({ version } = await core.sessions.phase(host, { sessionId: input.id, action, expectedVersion: version }))
  return { core, stores: openStores(database), host, sessionId: input.id, people: Array.from({ length: PEOPLE }, () => randomUUID()), plan: new Map() as Plan, moves: new Set<string>() }
}
type World = Awaited<ReturnType<typeof openWorld>>

/** Whether it was done. What is refused by rule must change nothing, which the comparison with the plan shows. */
async function done(act: () => Promise<unknown>): Promise<boolean> {
  return act().then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof RefusedError)) throw error
      return false
    },
  )
}

async function run(world: World, command: Command): Promise<void> {
  const { core, stores, host, sessionId, people, plan } = world
  const at = (index: number) => [...plan.values()][index % plan.size]
  const act = async (plain: Plain, details: Pick<QuestionAct, 'action'> & object, by = host) => {
    const question = await core.stores.questions.byId(plain.id)
    return done(() => core.questions.act(by, { ...details, sessionId, questionId: plain.id, expectedVersion: question?.version ?? 0 } as QuestionAct))
  }
  const merged = (plain: Plain, into: Plain) => {
    plain.parent = into.id
    world.moves.add('merge')
  }
  switch (command.type) {
    case 'submit': {
      const asker = people[command.person]!
      if ([...plan.values()].filter((plain) => plain.asker === asker).length >= 5) return
      const { id } = await core.questions.submit(asker, randomUUID(), questionInput(sessionId))
      plan.set(id, { id, asker, parent: null, gone: false, voters: new Set() })
      return
    }
    case 'vote': {
      const [plain, personId] = [at(command.pick), people[command.person]!]
      if (!plain) return
      const ballot = { personId, address: '', device: '' }
      const outcome = await stores.commit(sessionId, (tx) => castVotes(tx, [{ questionId: plain.id, up: command.up, ballot }], randomUUID))
      if (typeof outcome.get(plain.id) !== 'number') return
      if (command.up) plain.voters.add(personId)
      else plain.voters.delete(personId)
      expect(outcome.get(plain.id)).toBe(voices(plan, plain.id).size)
      return
    }
    case 'merge': {
      const [plain, into] = [at(command.pick), at(command.into)]
      if (plain && into && (await act(plain, { action: 'merge', intoId: into.id } as QuestionAct))) merged(plain, into)
      return
    }
    case 'mergeAll': {
      const into = at(command.into)
      if (!into) return
      const picked = [...new Set(command.picks.map(at))].flatMap((plain) => (plain ? [plain] : []))
      const targets = await Promise.all(picked.map(async ({ id }) => ({ questionId: id, expectedVersion: (await core.stores.questions.byId(id))?.version ?? 0 })))
      const outcome = await core.questions.bulk(host, { sessionId, targets, act: { action: 'merge', intoId: into.id } })
      for (const { id } of outcome.done) merged(plan.get(id)!, into)
      expect(outcome.done.length + outcome.refused.length).toBe(targets.length)
      return
    }
    case 'split': {
      const plain = at(command.pick)
      if (!plain || !(await act(plain, { action: 'split' }))) return
      plain.parent = null
      world.moves.add('split')
      return
    }
    case 'withdraw': {
      const plain = at(command.pick)
      if (!plain || !(await act(plain, { action: 'withdraw' }, plain.asker))) return
      // What hung under it hangs where it hung; under nothing, it stands for itself again.
      for (const child of plan.values()) if (child.parent === plain.id) child.parent = plain.parent
      Object.assign(plain, { parent: null, gone: true })
      world.moves.add('withdraw')
      return
    }
    case 'decline':
    case 'take_back':
    case 'approve': {
      const plain = at(command.pick)
      if (plain) await act(plain, command.type === 'decline' ? ({ action: 'decline', code: 'spam', reason: '' } as QuestionAct) : { action: command.type })
    }
  }
}

async function check({ core, sessionId, plan }: World): Promise<void> {
  for (const plain of plan.values()) {
    const question = (await core.stores.questions.byId(plain.id))!
    const root = rootOf(plan, plain.id)
    expect(question.state === 'withdrawn').toBe(plain.gone)
    expect(question.state === 'merged').toBe(root !== plain.id)
    expect(question.mergedIntoId).toBe(root === plain.id ? null : root)
    expect(question.merged).toBe(root === plain.id ? below(plan, plain.id).length : 0)
    expect(question.votes).toBe(root === plain.id ? voices(plan, plain.id).size : plain.voters.size)
  }
  expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
}

/** Everything that merging moves. */
async function standing(database: Database, sessionId: string) {
  const questions = await database.read.selectFrom('questions').select(['id', 'state', 'votes', 'merged', 'mergedIntoId', 'parentId', 'publicAt', 'heldJson']).where('sessionId', '=', sessionId).orderBy('number').execute()
  const votes = await database.read
    .selectFrom('votes')
    .innerJoin('questions', 'questions.id', 'votes.questionId')
    .select(['votes.questionId', 'votes.personId', 'votes.setAside'])
    .where('questions.sessionId', '=', sessionId)
    .orderBy('votes.questionId')
    .orderBy('votes.personId')
    .execute()
  return { questions, votes }
}

/** Merges one question into another and takes it back: nothing may be left of it. */
async function mergeAndUndo(world: World, database: Database): Promise<void> {
  const questions = await Promise.all([...world.plan.keys()].map((id) => world.core.stores.questions.byId(id)))
  const [one, other] = questions.filter((question) => question?.state === 'approved' || question?.state === 'pending')
  if (!one || !other) return
  const before = await standing(database, world.sessionId)
  const target = { sessionId: world.sessionId, questionId: one.id }
  const version = await world.core.questions.act(world.host, { ...target, action: 'merge', intoId: other.id, expectedVersion: one.version })
  await check({ ...world, plan: new Map(world.plan).set(one.id, { ...world.plan.get(one.id)!, parent: other.id }) })
  await world.core.questions.act(world.host, { ...target, action: 'split', expectedVersion: version })
  expect(await standing(database, world.sessionId)).toEqual(before)
}

onBothEngines((engine) => {
  test('whatever is merged, split, voted for and withdrawn: every asker and voter counts once, and an undo brings back what was', async () => {
    const database = await engine.open()
    const opened = openCore(database)
    const moves = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 30 }), async (commands) => {
        const world = await openWorld(database, opened)
        for (const person of [0, 1, 2, 3]) await run(world, { type: 'submit', person })
        for (const index of [0, 1, 2, 3]) await run(world, { type: 'approve', pick: index })
        for (const each of commands) await run(world, each)
        await check(world)
        await mergeAndUndo(world, database)
        for (const move of world.moves) moves.add(move)
      }),
      { numRuns: engine.name === 'sqlite' ? 60 : 15, interruptAfterTimeLimit: 30_000 },
    )
    expect(moves).toEqual(new Set(['merge', 'split', 'withdraw']))
  })
})
