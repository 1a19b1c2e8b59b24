import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PollKind, SavePoll } from '../../shared/polls.ts'
import type { SessionSettings } from '../../shared/sessions.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import { openCore } from '../support/core.ts'
import { onBothEngines } from '../support/engines.ts'
import type { Engine } from '../support/engines.ts'
import { WAY_TO, openSession, sessionInput } from '../support/fixtures.ts'
import { follow, shown } from '../support/follow.ts'
import { startServer } from '../support/server.ts'

const A = randomUUID()
const B = randomUUID()
const C = randomUUID()

const poll = (sessionId: string, kind: PollKind, over: Partial<SavePoll> = {}): SavePoll => ({
  sessionId,
  id: randomUUID(),
  expectedVersion: null,
  kind,
  title: '骑行道先修哪一段？',
  options: kind === 'single' || kind === 'multiple' ? [{ id: A, text: '北段' }, { id: B, text: '老街段' }, { id: C, text: '海边段' }] : [],
  maxChoices: kind === 'multiple' ? 2 : 1,
  showResults: 'live',
  ...over,
})

async function scene(engine: Engine, phase: keyof typeof WAY_TO = 'live', settings: Partial<SessionSettings> = {}) {
  const database = await engine.open()
  const { core, person } = openCore(database)
  const host = await person('host')
  const { id: sessionId, version } = await core.sessions.create(host, sessionInput({ settings: { ...DEFAULT_SETTINGS, ...settings } }))
  let at = version
  const advance = async (action: (typeof WAY_TO)['live'][number]) => (at = (await core.sessions.phase(host, { sessionId, action, expectedVersion: at })).version)
  for (const action of WAY_TO[phase]) await advance(action)
  const view = async (as: 'participant' | 'desk', personId = as === 'desk' ? host : randomUUID()) => (await core.sync.join(personId, { sessionId, as, since: null })).snapshot!
  const opened = async (kind: PollKind, over: Partial<SavePoll> = {}) => {
    const made = await core.polls.save(host, poll(sessionId, kind, over))
    await core.polls.act(host, { sessionId, pollId: made.id, expectedVersion: 1, action: 'open' })
    return made.id
  }
  const answer = (pollId: string, choices: string[], personId = randomUUID()) => core.pollAnswers.answer(personId, { sessionId, pollId, choices })
  return { database, core, host, sessionId, advance, view, opened, answer, person }
}

const ledger = async (core: Awaited<ReturnType<typeof scene>>['core'], sessionId: string) => (await core.ledger.file(sessionId)).entries.filter(({ subject }) => subject === 'poll')

onBothEngines((engine) => {
  it('keeps drafts to the desk, and opens, closes and opens again', async () => {
    const { core, host, sessionId, view } = await scene(engine)
    const draft = poll(sessionId, 'single')
    const made = await core.polls.save(host, draft)
    expect(made).toMatchObject({ number: 1, state: 'draft', version: 1, answers: 0, counts: { [A]: 0, [B]: 0, [C]: 0 } })
    expect((await core.polls.save(host, draft)).version).toBe(1)
    await expect(core.polls.save(host, { ...draft, title: '别的问题' })).rejects.toMatchObject({ refusal: { code: 'stale' } })
    expect((await view('participant')).polls).toEqual([])
    expect((await view('desk')).polls).toEqual([made])

    const changed = await core.polls.save(host, { ...draft, title: '先修哪一段？', expectedVersion: 1 })
    expect(changed).toMatchObject({ title: '先修哪一段？', version: 2 })
    const act = { sessionId, pollId: draft.id }
    expect(await core.polls.act(host, { ...act, action: 'open', expectedVersion: 2 })).toBe(3)
    await expect(core.polls.save(host, { ...draft, expectedVersion: 3 })).rejects.toMatchObject({ refusal: { code: 'wrong_state' } })
    await expect(core.polls.act(host, { ...act, action: 'delete', expectedVersion: 3 })).rejects.toMatchObject({ refusal: { code: 'wrong_state' } })
    await expect(core.polls.act(host, { ...act, action: 'close', expectedVersion: 2 })).rejects.toMatchObject({ refusal: { code: 'stale' } })
    expect(await core.polls.act(host, { ...act, action: 'close', expectedVersion: 3 })).toBe(4)
    expect((await view('participant')).polls).toMatchObject([{ state: 'closed', counts: { [A]: 0 } }])
    expect(await core.polls.act(host, { ...act, action: 'open', expectedVersion: 4 })).toBe(5)
    expect((await ledger(core, sessionId)).map(({ action, number, from, to, detail }) => ({ action, number, from, to, detail }))).toEqual([
      { action: 'open', number: 1, from: 'draft', to: 'open', detail: null },
      { action: 'close', number: 1, from: 'open', to: 'closed', detail: { votes: 0 } },
      { action: 'open', number: 1, from: 'closed', to: 'open', detail: null },
    ])
  })

  it('deletes a draft, and lets only a host manage', async () => {
    const { core, host, sessionId, view, person } = await scene(engine)
    const made = await core.polls.save(host, poll(sessionId, 'rating'))
    const moderator = await person('moderator', sessionId)
    await expect(core.polls.act(moderator, { sessionId, pollId: made.id, action: 'delete', expectedVersion: 1 })).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
    await expect(core.polls.save(moderator, poll(sessionId, 'rating'))).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
    await core.polls.act(host, { sessionId, pollId: made.id, action: 'delete', expectedVersion: 1 })
    expect((await view('desk')).polls).toEqual([])
    await expect(core.polls.act(host, { sessionId, pollId: made.id, action: 'open', expectedVersion: 1 })).rejects.toMatchObject({ refusal: { code: 'not_found' } })
  })

  it('counts one answer for each person, replaced and taken back', async () => {
    const { opened, answer, view } = await scene(engine)
    const id = await opened('multiple')
    const person = randomUUID()
    await answer(id, [A, B], person)
    await Promise.all([answer(id, [B]), answer(id, [A])])
    expect((await view('participant')).polls).toMatchObject([{ answers: 3, counts: { [A]: 2, [B]: 2, [C]: 0 } }])
    await answer(id, [C], person)
    expect(await view('participant', person)).toMatchObject({ ownPolls: { [id]: [C] }, polls: [{ answers: 3, counts: { [A]: 1, [B]: 1, [C]: 1 } }] })
    // Of several in one batch the last one counts.
    await Promise.all([answer(id, [A], person), answer(id, [B], person), answer(id, [], person)])
    expect(await view('participant', person)).toMatchObject({ ownPolls: {}, polls: [{ answers: 2, counts: { [A]: 1, [B]: 1, [C]: 0 } }] })
  })

  it('refuses what does not fit, and only that', async () => {
    const { opened, answer, view } = await scene(engine)
    const single = await opened('single')
    const rating = await opened('rating')
    const answers = await Promise.allSettled([answer(single, [A]), answer(single, [A, B]), answer(single, [randomUUID()]), answer(rating, ['5']), answer(rating, ['6']), answer(randomUUID(), ['1'])])
    expect(answers.map((settled) => (settled.status === 'fulfilled' ? 'taken' : (settled.reason as { refusal: { code: string } }).refusal.code))).toEqual(['taken', 'invalid_input', 'invalid_input', 'taken', 'invalid_input', 'not_found'])
    expect((await view('participant')).polls).toMatchObject([{ answers: 1 }, { answers: 1, counts: { '5': 1 } }])
  })

  it('keeps results from the public until it is closed, when the host wants it so', async () => {
    const { core, host, sessionId, opened, answer, view } = await scene(engine)
    const id = await opened('single', { showResults: 'after' })
    await answer(id, [A])
    expect((await view('participant')).polls).toMatchObject([{ counts: null, answers: 1 }])
    expect((await view('desk')).polls).toMatchObject([{ counts: { [A]: 1 } }])
    const events = await core.stores.events.after(sessionId, 0, 1_000, ['public'])
    expect(events.filter(({ event }) => event.type === 'poll').every(({ event }) => event.type === 'poll' && event.poll.counts === null)).toBe(true)
    await core.polls.act(host, { sessionId, pollId: id, action: 'close', expectedVersion: 2 })
    expect((await view('participant')).polls).toMatchObject([{ counts: { [A]: 1 } }])
    await expect(answer(id, [B])).rejects.toMatchObject({ refusal: { code: 'wrong_state' } })
  })

  it('counts words alike that read alike, masks numbers, and holds what is sensitive', async () => {
    const { core, host, sessionId, opened, answer, view } = await scene(engine)
    const id = await opened('words')
    await answer(id, ['加装电梯', '「加装电梯」'])
    await answer(id, ['加装电梯', '13800138000'])
    await answer(id, ['加微信abc'])
    const before = await view('participant')
    expect(before.polls).toMatchObject([{ answers: 3, counts: { 加装电梯: 2, '138****8000': 1 }, hidden: [] }])
    expect(JSON.stringify(before)).not.toContain('加微信')
    expect((await view('desk')).polls[0]?.hidden).toEqual(['加微信abc'])

    await core.polls.act(host, { sessionId, pollId: id, action: 'hide_word', word: '加微信abc', hidden: false, expectedVersion: 2 })
    await core.polls.act(host, { sessionId, pollId: id, action: 'hide_word', word: '加装电梯', hidden: true, expectedVersion: 3 })
    // Let through once, it is not held again.
    await answer(id, ['加微信abc'])
    expect((await view('participant')).polls[0]?.counts).toEqual({ 加微信abc: 2, '138****8000': 1 })
  })

  it('takes answers before, during and in the late time, and closes with the session', async () => {
    const late = await scene(engine, 'announced', { lateMinutes: 30 })
    const id = await late.opened('rating')
    await late.answer(id, ['3'])
    for (const action of WAY_TO.ended) await late.advance(action)
    await late.answer(id, ['4'])
    expect((await late.view('participant')).polls).toMatchObject([{ state: 'open', answers: 2 }])
    await late.advance('archive')
    expect((await late.view('participant')).polls).toMatchObject([{ state: 'closed', answers: 2 }])
    await expect(late.core.polls.act(late.host, { sessionId: late.sessionId, pollId: id, action: 'open', expectedVersion: 3 })).rejects.toMatchObject({ refusal: { code: 'closed' } })

    const strict = await scene(engine)
    const other = await strict.opened('rating')
    await strict.advance('end')
    expect((await strict.view('participant')).polls).toMatchObject([{ state: 'closed' }])
    await expect(strict.answer(other, ['4'])).rejects.toMatchObject({ refusal: { code: 'wrong_state' } })
  })

  it('shows a page that followed it all what a fresh one shows', async () => {
    const server = await startServer({ env: await engine.env() })
    const { sessionId, host } = await openSession(server)
    const resident = await client(server.url)
    const [watching, desk] = await Promise.all([follow(resident, sessionId), follow(host, sessionId, 'desk')])
    const single = poll(sessionId, 'single', { showResults: 'after' })
    const words = poll(sessionId, 'words')
    for (const input of [single, words, poll(sessionId, 'rating')]) await host.request('poll:save', input)
    for (const { id } of [single, words]) await host.request('poll:act', { sessionId, pollId: id, action: 'open', expectedVersion: 1 })
    await resident.request('poll:answer', { sessionId, pollId: single.id, choices: [A] })
    await resident.request('poll:answer', { sessionId, pollId: words.id, choices: ['山海', '加微信吗'] })
    await host.request('poll:act', { sessionId, pollId: words.id, action: 'close', expectedVersion: 2 })

    await watching.until(({ polls, ownPolls }) => polls.get(words.id)?.state === 'closed' && ownPolls.size === 2, 'the resident to see the end')
    await desk.until(({ polls }) => polls.get(words.id)?.state === 'closed' && polls.get(words.id)?.hidden.length === 1, 'the desk to see the end')
    expect(shown(watching.state())).toEqual(shown((await follow(await client(server.url, { person: resident.person }), sessionId)).state()))
    expect(shown(desk.state())).toEqual(shown((await follow(await client(server.url, { person: host.person }), sessionId, 'desk')).state()))
    expect([watching.state().polls.get(single.id)?.counts, desk.state().polls.get(single.id)?.counts]).toEqual([null, { [A]: 1, [B]: 0, [C]: 0 }])
    expect([watching.state().polls.size, desk.state().polls.size]).toEqual([2, 3])
  })

  describe('with thousands of people', () => {
    it('takes all, in few commits', async () => {
      const { core, sessionId, opened, answer, view } = await scene(engine)
      const id = await opened('single')
      const before = (await core.stores.sessions.byId(sessionId))!.seq
      const people = Array.from({ length: 3_000 }, () => randomUUID())
      const options = [A, B, C]
      await Promise.all(people.map((person, index) => answer(id, [options[index % 3]!], person)))
      await Promise.all(people.slice(0, 300).map((person) => answer(id, [A], person)))
      expect((await view('participant')).polls).toMatchObject([{ answers: 3_000, counts: { [A]: 1_200, [B]: 900, [C]: 900 } }])
      expect((await core.stores.sessions.byId(sessionId))!.seq - before).toBeLessThanOrEqual(4)
    })
  })
})
