import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Database } from '../../server/db/database.ts'
import type { RefusedError } from '../../shared/protocol/errors.ts'
import { openCore } from '../support/core.ts'
import { onBothEngines } from '../support/engines.ts'
import { WAY_TO, questionInput, sessionInput } from '../support/fixtures.ts'

const ELEVATOR = '老旧小区加装电梯怎么申请？'
const LIKE_IT = '我们小区想加装电梯，手续怎么办？'

async function openScene(database: Database) {
  const { core, person } = openCore(database)
  const host = await person('host')
  const { id: sessionId, ...rest } = sessionInput()
  let { version } = await core.sessions.create(host, { id: sessionId, ...rest })
  for (const action of WAY_TO.live) ({ version } = await core.sessions.phase(host, { sessionId, action, expectedVersion: version }))
  const resident = randomUUID()
  return {
    core,
    host,
    resident,
    sessionId,
    ask: async (text: string, asker = randomUUID()) => (await core.questions.submit(asker, '', questionInput(sessionId, text))).id,
    act: async (questionId: string, act: { action: 'approve' | 'take_back' } | { action: 'edit'; text: string } | { action: 'merge'; intoId: string }) =>
      core.questions.act(host, { sessionId, questionId, expectedVersion: (await core.stores.questions.byId(questionId))!.version, ...act }),
    like: async (text = LIKE_IT, exclude: string | null = null) => (await core.similar.similar(resident, '', { sessionId, text, scope: 'public', exclude })).map(({ id }) => id),
    atDesk: async (text = LIKE_IT, exclude: string | null = null) => (await core.similar.similar(host, '', { sessionId, text, scope: 'desk', exclude })).map(({ id }) => id),
  }
}

onBothEngines((engine) => {
  test('residents are shown what is public, the desk what waits, each as it stands now', async () => {
    const scene = await openScene(await engine.open())
    const { like, atDesk, ask, act } = scene
    expect(await like()).toEqual([])
    const [elevator, road] = [await ask(ELEVATOR), await ask('环城骑行道什么时候全线贯通？')]
    expect(await like()).toEqual([])
    expect(await atDesk()).toEqual([elevator])
    expect(await atDesk(LIKE_IT, elevator)).toEqual([])
    for (const id of [elevator, road]) await act(id, { action: 'approve' })
    expect(await like()).toEqual([elevator])
    await scene.core.votes.vote(randomUUID(), { address: '', userAgent: '' }, { sessionId: scene.sessionId, questionId: elevator, up: true })
    expect(await scene.core.similar.similar(scene.resident, '', { sessionId: scene.sessionId, text: ELEVATOR, scope: 'public', exclude: null })).toEqual([
      { id: elevator, number: 1, text: ELEVATOR, votes: 1, state: 'approved', score: 1 },
    ])

    await act(elevator, { action: 'edit', text: '南街的路灯坏了' })
    expect(await like()).toEqual([])
    expect(await like('路灯坏了没人修')).toEqual([elevator])
    await act(elevator, { action: 'take_back' })
    expect(await like('路灯坏了没人修')).toEqual([])
    expect(await atDesk('路灯坏了没人修')).toEqual([elevator])
    await act(elevator, { action: 'merge', intoId: road })
    expect(await atDesk('路灯坏了没人修')).toEqual([])
  })

  test('what another process committed is found, too, and what was there before is read at the first search', async () => {
    const database = await engine.open()
    const scene = await openScene(database)
    const first = await scene.ask(ELEVATOR)
    await scene.act(first, { action: 'approve' })
    const other = openCore(database)
    const search = async () => (await other.core.similar.similar(scene.resident, '', { sessionId: scene.sessionId, text: LIKE_IT, scope: 'public', exclude: null })).map(({ id }) => id)
    expect(await search()).toEqual([first])
    const second = await scene.ask('小区加装电梯补贴多少？')
    await scene.act(second, { action: 'approve' })
    expect((await search()).toSorted()).toEqual([first, second].toSorted())
  })

  test('sessions do not know of each other, and who may not see the desk does not search it', async () => {
    const scene = await openScene(await engine.open())
    const id = await scene.ask(ELEVATOR)
    await scene.act(id, { action: 'approve' })
    const elsewhere = sessionInput()
    await scene.core.sessions.create(scene.host, elsewhere)
    const refusal = (sessionId: string, scope: 'public' | 'desk', personId = scene.resident) =>
      scene.core.similar.similar(personId, '', { sessionId, text: ELEVATOR, scope, exclude: null }).catch((error: unknown) => (error as RefusedError).refusal.code)
    expect(await refusal(elsewhere.id, 'public')).toEqual([])
    expect(await refusal(scene.sessionId, 'desk')).toBe('forbidden')
    expect(await refusal('nosuchone', 'public')).toBe('not_found')
    const curious = randomUUID()
    const answers = await Promise.all(Array.from({ length: 61 }, () => refusal(scene.sessionId, 'public', curious)))
    expect(answers.filter((answer) => answer === 'rate_limited')).toHaveLength(1)
  })
})
