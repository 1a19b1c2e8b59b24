import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import { crowd } from '../support/crowd.ts'
import { onBothEngines } from '../support/engines.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { follow, shown } from '../support/follow.ts'
import { startServer } from '../support/server.ts'

const CROWD = 60
const STUFFED = 12

onBothEngines((engine) => {
  test('a crowd votes, a machine stuffs, the host sets it aside: every page shows the same, and the public reads why', async () => {
    const server = await startServer({ env: await engine.env() })
    const { sessionId, host } = await openSession(server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
    const asker = await client(server.url)
    const { question } = await asker.request('question:submit', questionInput(sessionId))
    const vote = { sessionId, questionId: question.id, up: true }

    const residents = await crowd(server.url, CROWD)
    const [desk, watcher] = await Promise.all([follow(host, sessionId, 'desk'), follow(residents[0]!, sessionId)])
    await Promise.all(residents.map((resident) => resident.request('question:vote', vote)))
    await watcher.until(({ questions }) => questions.get(question.id)?.votes === CROWD, 'every vote to be shown')
    expect(desk.state().moderation?.flags).toEqual([])

    // Many identities, one address, one name of a browser.
    const machine = await Promise.all(Array.from({ length: STUFFED }, () => client(server.url, { address: '203.0.113.66' })))
    await Promise.all(machine.map((identity) => identity.request('question:vote', vote)))
    const { moderation } = await desk.until((state) => (state.moderation?.flags.length ?? 0) > 0, 'the desk to be told')
    const [flag] = moderation!.flags
    expect(flag).toMatchObject({ questionId: question.id, number: 1, kind: 'device', votes: STUFFED, state: 'open' })
    // The public is told nothing of a suspicion, and nothing was dropped.
    await watcher.until(({ questions }) => questions.get(question.id)?.votes === CROWD + STUFFED, 'the stuffed votes to count until a host says otherwise')
    expect(JSON.stringify(residents[0]!.received('session:events'))).not.toContain('vote_flags')

    const judge = { sessionId, flagId: flag!.id, verdict: 'set_aside' as const, note: '同一台设备短时间内重复投票' }
    expect(await machine[0]!.refused('votes:judge', judge)).toEqual({ code: 'forbidden' })
    await host.request('votes:judge', judge)
    const after = await watcher.until(({ questions }) => questions.get(question.id)?.setAside !== null, 'the public note')
    expect(after.questions.get(question.id)).toMatchObject({ votes: CROWD, setAside: { votes: STUFFED, note: judge.note } })
    await desk.until((state) => state.moderation?.flags[0]?.state === 'set_aside', 'the verdict at the desk')

    // A retry of a vote that was set aside does not count it again.
    await machine[1]!.request('question:vote', vote)
    const [freshDesk, freshWatcher] = [await follow(await client(server.url, { person: host.person }), sessionId, 'desk'), await follow(await client(server.url, { person: residents[0]!.person }), sessionId)]
    for (const [followed, fresh] of [[desk, freshDesk], [watcher, freshWatcher]] as const) {
      const { seq } = fresh.state()
      const state = await followed.until((each) => each.seq >= seq, 'to stand where a fresh page stands')
      expect({ ...shown(state), moderation: state.moderation }).toEqual({ ...shown(fresh.state()), moderation: fresh.state().moderation })
    }
    expect(freshWatcher.state().questions.get(question.id)?.votes).toBe(CROWD)
  })
})
