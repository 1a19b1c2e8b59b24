import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Database } from '../../server/db/database.ts'
import type { VoteFlag } from '../../shared/moderation.ts'
import type { RefusedError } from '../../shared/protocol/errors.ts'
import type { QuestionState } from '../../shared/questions.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { applyJoined } from '../../web/sessions/reduce.ts'
import { openCore } from '../support/core.ts'
import { onBothEngines } from '../support/engines.ts'
import { WAY_TO, questionInput, sessionInput } from '../support/fixtures.ts'
import { shown } from '../support/follow.ts'

const START = Date.parse('2026-11-22T01:30:00.000Z')
const crowd = (size: number) => Array.from({ length: size }, () => randomUUID())
/** Each person at home, with a phone of their own. */
const atHome = (index: number) => ({ address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, userAgent: 'phone' })

async function openScene(database: Database) {
  let time = START
  const { core, person } = openCore(database, () => new Date(time))
  const host = await person('host')
  const input = sessionInput({ settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
  const sessionId = input.id
  let { version } = await core.sessions.create(host, input)
  for (const action of WAY_TO.live) ({ version } = await core.sessions.phase(host, { sessionId, action, expectedVersion: version }))

  const scene = {
    core,
    host,
    sessionId,
    person,
    later: (seconds: number) => void (time += seconds * 1_000),
    ask: async (asker: string = randomUUID()) => (await core.questions.submit(asker, '', questionInput(sessionId))).id,
    question: async (id: string) => (await core.stores.questions.byId(id))!,
    cast: (questionId: string, people: readonly string[], from: (index: number) => { address: string; userAgent: string } = atHome, up = true) =>
      Promise.all(people.map((personId, index) => core.votes.vote(personId, from(index), { sessionId, questionId, up }))),
    rows: (questionId: string) => database.read.selectFrom('votes').selectAll().where('questionId', '=', questionId).execute(),
    desk: async () => (await core.sync.join(host, { sessionId, as: 'desk', since: null })).snapshot!,
    flags: async (): Promise<VoteFlag[]> => (await scene.desk()).moderation!.flags,
    judge: (flagId: string, verdict: VoteFlag['state'], note = '') => core.judges.judge(host, { sessionId, flagId, verdict, note }),
    ledger: async () => (await core.ledger.file(sessionId)).entries,
    /** The questions's counts are what their rows say. */
    async isExact(...ids: string[]) {
      for (const id of ids) {
        const rows = await scene.rows(id)
        const { votes, setAsideVotes } = await scene.question(id)
        expect({ votes, setAsideVotes }).toEqual({ votes: rows.filter(({ setAside }) => setAside === null).length, setAsideVotes: rows.filter(({ setAside }) => setAside !== null).length })
        expect(new Set(rows.map(({ personId }) => personId)).size).toBe(rows.length)
      }
    },
    async merge(questionId: string, intoId: string) {
      return core.questions.act(host, { sessionId, questionId, action: 'merge', intoId, expectedVersion: (await scene.question(questionId)).version })
    },
    async split(questionId: string) {
      return core.questions.act(host, { sessionId, questionId, action: 'split', expectedVersion: (await scene.question(questionId)).version })
    },
  }
  return scene
}

onBothEngines((engine) => {
  test('a burst of 5,000 people is counted to the last one, in few commits, and each is told the count that holds theirs', async () => {
    const scene = await openScene(await engine.open())
    const questions = [await scene.ask(), await scene.ask(), await scene.ask()]
    const before = (await scene.desk()).session
    const head = (await scene.core.stores.sessions.byId(scene.sessionId))!.seq
    const people = crowd(5_000)
    // Everybody for the first, some also for the others; one in ten presses twice, one in a hundred thinks better of it.
    const answers = await Promise.all([
      scene.cast(questions[0]!, people),
      scene.cast(questions[0]!, people.slice(0, 500)),
      scene.cast(questions[1]!, people.slice(0, 1_000)),
      scene.cast(questions[2]!, people.slice(0, 50)),
    ])
    await scene.cast(questions[0]!, people.slice(0, 50), atHome, false)
    expect(Math.max(...answers[0])).toBe(5_000)
    expect((await Promise.all(questions.map(scene.question))).map(({ votes }) => votes)).toEqual([4_950, 1_000, 50])
    await scene.isExact(...questions)
    const commits = (await scene.core.stores.sessions.byId(scene.sessionId))!.seq - head
    expect(commits).toBeLessThanOrEqual(8)
    expect((await scene.desk()).session).toEqual(before)
    expect(await scene.flags()).toEqual([])
  })

  test('a vote given twice counts once, taken back twice leaves once, and what is refused is told why', async () => {
    const scene = await openScene(await engine.open())
    const asker = randomUUID()
    const [open, closed] = [await scene.ask(), await scene.ask(asker)]
    const [personId] = crowd(1)
    const vote = (questionId: string, up = true) => scene.core.votes.vote(personId!, atHome(1), { sessionId: scene.sessionId, questionId, up })
    expect(await vote(open)).toBe(1)
    expect(await vote(open)).toBe(1)
    expect(await vote(open, false)).toBe(0)
    expect(await vote(open, false)).toBe(0)
    // The last word counts, in whatever commit the words come.
    expect(await Promise.all([vote(open), vote(open, false), vote(open)])).toEqual([1, 1, 1])
    await scene.core.questions.act(asker, { sessionId: scene.sessionId, questionId: closed, action: 'withdraw', expectedVersion: 1 })
    const refusals = await Promise.allSettled([vote(closed), vote(randomUUID()), vote(open)])
    expect(refusals.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as RefusedError).refusal.code))).toEqual(['wrong_state', 'not_found', 1])
    await scene.isExact(open)
  })

  test('many identities of one device are flagged, still count, and are set aside in public and put back', async () => {
    const scene = await openScene(await engine.open())
    const [question, other] = [await scene.ask(), await scene.ask()]
    const honest = crowd(30)
    await scene.cast(question, honest)
    const script = { address: '192.0.2.7', userAgent: 'a script' }
    const stuffed = crowd(25)
    await scene.cast(question, stuffed, () => script)
    expect((await scene.question(question)).votes).toBe(55)
    const [flag] = await scene.flags()
    expect(await scene.flags()).toHaveLength(1)
    expect(flag).toMatchObject({ questionId: question, kind: 'device', votes: 25, state: 'open', note: '' })

    await scene.judge(flag!.id, 'set_aside', '同一台设备在一分钟内投了 25 票。')
    expect(await scene.question(question)).toMatchObject({ votes: 30, setAsideVotes: 25 })
    await scene.isExact(question, other)
    const { questions } = await scene.desk()
    expect(questions.find(({ id }) => id === question)).toMatchObject({ votes: 30, setAside: { votes: 25, note: '同一台设备在一分钟内投了 25 票。' } })
    expect((await scene.ledger()).at(-1)).toMatchObject({ action: 'set_aside', from: 'approved', to: 'approved', role: 'host', reason: '同一台设备在一分钟内投了 25 票。', detail: { votes: 25 } })
    const entries = (await scene.ledger()).length
    await scene.judge(flag!.id, 'set_aside', '同一台设备在一分钟内投了 25 票。')
    expect(await scene.ledger()).toHaveLength(entries)

    // One of the set aside takes theirs back: the public number follows.
    await scene.cast(question, stuffed.slice(0, 1), () => script, false)
    expect(await scene.question(question)).toMatchObject({ votes: 30, setAsideVotes: 24 })

    await scene.judge(flag!.id, 'open')
    expect(await scene.question(question)).toMatchObject({ votes: 54, setAsideVotes: 0, setAsideNote: null })
    expect((await scene.ledger()).at(-1)).toMatchObject({ action: 'restore_votes', detail: { votes: 24 } })
    await scene.judge(flag!.id, 'dismissed')
    expect(await scene.flags()).toMatchObject([{ state: 'dismissed' }])
    expect(await scene.ledger()).toHaveLength(entries + 1)
    expect(await scene.core.ledger.check(scene.sessionId)).toMatchObject({ ok: true })
    await scene.isExact(question)
  })

  test('any further vote of a source that was set aside opens another flag', async () => {
    const scene = await openScene(await engine.open())
    const question = await scene.ask()
    const script = () => ({ address: '192.0.2.7', userAgent: 'a script' })
    await scene.cast(question, crowd(10), script)
    await scene.judge((await scene.flags())[0]!.id, 'set_aside', 'x')
    scene.later(300)
    await scene.cast(question, crowd(2), script)
    expect(await scene.flags()).toMatchObject([
      { state: 'open', votes: 2 },
      { state: 'set_aside', votes: 10 },
    ])
    await scene.judge((await scene.flags())[0]!.id, 'set_aside', 'again')
    expect(await scene.question(question)).toMatchObject({ votes: 0, setAsideVotes: 12, setAsideNote: 'again' })
    await scene.judge((await scene.flags())[0]!.id, 'dismissed')
    expect(await scene.question(question)).toMatchObject({ votes: 2, setAsideVotes: 10, setAsideNote: 'x' })
    await scene.isExact(question)
  })

  test('a source that was dismissed is flagged again by a later burst that is as large', async () => {
    const scene = await openScene(await engine.open())
    const question = await scene.ask()
    const library = () => ({ address: '192.0.2.7', userAgent: 'the library’s computer' })
    await scene.cast(question, crowd(20), library)
    await scene.judge((await scene.flags())[0]!.id, 'dismissed')
    await scene.cast(question, crowd(19), library)
    scene.later(300)
    await scene.cast(question, crowd(19), library)
    expect(await scene.flags()).toHaveLength(1)
    scene.later(300)
    await scene.cast(question, crowd(20), library)
    expect((await scene.flags()).map(({ state, votes }) => [state, votes])).toEqual([
      ['open', 20],
      ['dismissed', 20],
    ])
  })

  test('a hall behind one address is not flagged while others vote as well; alone it is', async () => {
    const scene = await openScene(await engine.open())
    const [mixed, alone] = [await scene.ask(), await scene.ask()]
    const hall = (index: number) => ({ address: '192.0.2.7', userAgent: `phone ${index % 30}` })
    await scene.cast(mixed, crowd(100))
    await scene.cast(mixed, crowd(80), hall)
    expect(await scene.flags()).toEqual([])
    await scene.cast(alone, crowd(80), hall)
    expect(await scene.flags()).toMatchObject([{ questionId: alone, kind: 'address', votes: 80 }])
  })

  test('slow votes are no stuffing', async () => {
    const scene = await openScene(await engine.open())
    const question = await scene.ask()
    for (const personId of crowd(12)) {
      await scene.cast(question, [personId], () => ({ address: '192.0.2.7', userAgent: 'the library’s computer' }))
      scene.later(10)
    }
    expect(await scene.flags()).toEqual([])
    expect((await scene.question(question)).votes).toBe(12)
  })

  test('only a host judges, and only flags of the session', async () => {
    const scene = await openScene(await engine.open())
    const question = await scene.ask()
    await scene.cast(question, crowd(10), () => ({ address: '192.0.2.7', userAgent: 'x' }))
    const [flag] = await scene.flags()
    const judge = async (personId: string, sessionId: string, flagId: string) =>
      scene.core.judges.judge(personId, { sessionId, flagId, verdict: 'dismissed', note: '' }).then(
        () => 'done',
        (error: unknown) => (error as RefusedError).refusal.code,
      )
    expect(await judge(await scene.person('moderator', scene.sessionId), scene.sessionId, flag!.id)).toBe('forbidden')
    expect(await judge(randomUUID(), scene.sessionId, flag!.id)).toBe('forbidden')
    expect(await judge(scene.host, scene.sessionId, randomUUID())).toBe('not_found')
    const elsewhere = sessionInput()
    await scene.core.sessions.create(scene.host, elsewhere)
    expect(await judge(scene.host, elsewhere.id, flag!.id)).toBe('not_found')
    expect((await scene.flags())[0]?.state).toBe('open')
  })

  test('what was set aside does not count on the question that stands for this one, before and after merging', async () => {
    const scene = await openScene(await engine.open())
    const [root, source] = [await scene.ask(), await scene.ask()]
    const [honest, both] = [crowd(3), crowd(2)]
    await scene.cast(root, both)
    await scene.cast(source, [...honest, ...both])
    const stuffed = crowd(10)
    await scene.cast(source, stuffed, () => ({ address: '192.0.2.7', userAgent: 'x' }))
    await scene.merge(source, root)
    // Two who voted there, three and ten through the merged one, and its asker.
    expect((await scene.question(root)).votes).toBe(2 + 3 + 10 + 1)
    const [flag] = await scene.flags()
    await scene.judge(flag!.id, 'set_aside', 'x')
    expect((await scene.question(root)).votes).toBe(2 + 3 + 1)
    await scene.isExact(root, source)
    await scene.judge(flag!.id, 'open')
    expect((await scene.question(root)).votes).toBe(16)
    await scene.judge(flag!.id, 'set_aside', 'x')

    // Whoever counts through the merged one and votes for the other, too, is one voice and stays when they are split.
    expect(await scene.cast(root, honest.slice(0, 1))).toEqual([6])
    expect(await scene.cast(root, honest.slice(0, 1), atHome, false)).toEqual([6])
    expect(await scene.cast(root, honest.slice(0, 1))).toEqual([6])
    await scene.split(source)
    expect(await scene.question(root)).toMatchObject({ votes: 3, merged: 0 })
    expect(await scene.question(source)).toMatchObject({ votes: 5, setAsideVotes: 10, state: 'approved' satisfies QuestionState })
    await scene.isExact(root, source)
  })

  test('who followed every event shows what a fresh page shows', async () => {
    const scene = await openScene(await engine.open())
    const question = await scene.ask()
    const joined = await scene.core.sync.join(scene.host, { sessionId: scene.sessionId, as: 'desk', since: null })
    const start = applyJoined(null, joined)
    await scene.cast(question, crowd(20), () => ({ address: '192.0.2.7', userAgent: 'x' }))
    const [flag] = await scene.flags()
    await scene.judge(flag!.id, 'set_aside', 'x')
    const caughtUp = applyJoined(start, await scene.core.sync.join(scene.host, { sessionId: scene.sessionId, as: 'desk', since: { epoch: joined.epoch, seq: joined.seq } }))
    const fresh = applyJoined(null, await scene.core.sync.join(scene.host, { sessionId: scene.sessionId, as: 'desk', since: null }))
    expect({ ...shown(caughtUp!), moderation: caughtUp!.moderation }).toEqual({ ...shown(fresh!), moderation: fresh!.moderation })
  })
})
