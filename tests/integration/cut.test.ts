import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Phase } from '../../shared/sessions.ts'
import { openDesk, refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'

const REASON = '有人在镜头前泄露了隐私'

onBothEngines((engine) => {
  async function openCut(phase: Phase = 'live', settings: Parameters<typeof openDesk>[2] = {}) {
    const desk = await openDesk(engine, phase, settings)
    const { core, sessionId, host, guests } = desk
    if (phase === 'live') await core.sessions.admit(host, { sessionId, seatId: guests[0]?.id ?? '', onAir: true })
    const cut = (personId = host, reason = REASON) => core.cuts.cut(personId, { sessionId, reason }, '203.0.113.9')
    const session = async () => (await desk.view()).session
    return { ...desk, cut, session }
  }

  test('stops picture, sound, questions and chat, and says who did it and why', async () => {
    const { core, database, sessionId, cut, view, ask, say, ledger, host, moderator } = await openCut()
    const { epoch, seq } = await core.sync.join(host, { sessionId, as: 'desk', since: null })
    await cut(moderator, `${REASON}，电话13800138000`)
    const { session, stage } = await view()
    expect(session).toMatchObject({ phase: 'paused', intake: { paused: true, cut: { by: 'moderator', reason: `${REASON}，电话138****8000` } }, settings: { chatEnabled: false } })
    expect(stage).toEqual({ onAir: [], muted: [] })
    const { events } = await core.sync.join(host, { sessionId, as: 'desk', since: { epoch, seq } })
    expect(events?.map(({ type }) => type)).toEqual(['session', 'stage'])
    expect((await refusalOf(ask('问题'))).code).toBe('intake_paused')
    expect((await refusalOf(say('聊天'))).code).toBe('closed')
    expect((await ledger()).at(-1)).toMatchObject({ subject: 'session', action: 'cut', from: 'live', to: 'paused', role: 'moderator', reason: `${REASON}，电话138****8000` })
    expect(await database.read.selectFrom('audit').select(['action', 'actorId', 'address', 'sessionId']).where('action', '=', 'session_cut').execute()).toEqual([
      { action: 'session_cut', actorId: moderator, address: '203.0.113.9', sessionId },
    ])
    expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
  })

  test('done twice, or by two at once, it is done once', async () => {
    const { cut, ledger, session, moderator } = await openCut()
    await Promise.all([cut(), cut(moderator), cut()])
    const { version } = await session()
    await cut()
    expect((await session()).version).toBe(version)
    expect((await ledger()).filter(({ action }) => action === 'cut')).toHaveLength(1)
  })

  test('holds against everything but going on', async () => {
    const { core, sessionId, cut, host, moderator, session } = await openCut()
    await cut()
    expect((await refusalOf(core.sessions.intake(moderator, { sessionId, paused: false, slowSeconds: 0, reason: '' }))).code).toBe('wrong_state')
    expect((await refusalOf(core.sessions.chatSettings(moderator, { sessionId, chatEnabled: true, chatSlowSeconds: 0, reason: '' }))).code).toBe('wrong_state')
    const { id: _id, phase: _phase, version, wentLiveAt: _live, endedAt: _ended, createdAt: _created, intake: _intake, seal: _seal, ...edit } = await session()
    const edited = await core.sessions.edit(host, sessionId, { ...edit, settings: { ...edit.settings, chatEnabled: true }, expectedVersion: version })
    expect(edited).toMatchObject({ settings: { chatEnabled: false }, intake: { cut: { before: { chatEnabled: true } } } })
    const resumed = await core.sessions.phase(host, { sessionId, action: 'resume', expectedVersion: edited.version })
    expect(resumed).toMatchObject({ phase: 'live', intake: { paused: false, cut: null }, settings: { chatEnabled: true } })
  })

  describe('when it goes on, questions and chat are as they were', () => {
    test.each([
      { paused: false, chatEnabled: true },
      { paused: true, chatEnabled: false },
      { paused: true, chatEnabled: true },
    ])('%o', async ({ paused, chatEnabled }) => {
      const { core, sessionId, cut, host, session } = await openCut('paused')
      await core.sessions.intake(host, { sessionId, paused, slowSeconds: 7, reason: '缓一缓' })
      await core.sessions.chatSettings(host, { sessionId, chatEnabled, chatSlowSeconds: 3, reason: '' })
      const before = await session()
      await cut()
      const { version } = await session()
      const after = await core.sessions.phase(host, { sessionId, action: 'resume', expectedVersion: version })
      expect(after.intake).toEqual(before.intake)
      expect(after.settings).toEqual(before.settings)
    })
  })

  test('one that ends while it is cut off stays so, in words for everybody', async () => {
    const { core, sessionId, cut, host, session, ask } = await openCut('live', { lateMinutes: 30 })
    await cut()
    const { version } = await session()
    const ended = await core.sessions.phase(host, { sessionId, action: 'end', expectedVersion: version })
    expect(ended.intake.cut?.reason).toBe(REASON)
    expect((await refusalOf(ask('迟到的问题'))).code).toBe('intake_paused')
    expect(await cut()).toBeNull()
  })

  test.each(['announced', 'backstage', 'ended', 'archived', 'cancelled'] as const)('there is nothing to cut when it is %s', async (phase) => {
    const { cut, session } = await openCut(phase)
    expect((await refusalOf(cut())).code).toBe('wrong_state')
    expect((await session()).intake.cut).toBeNull()
  })

  test('residents and guests cannot', async () => {
    const { cut, seat, guests, session } = await openCut()
    for (const personId of [randomUUID(), await seat(guests[0]?.id ?? '')]) expect((await refusalOf(cut(personId))).code).toBe('forbidden')
    expect((await session()).phase).toBe('live')
  })

  test('does not wait behind a rush', async () => {
    const { cut, say, ask } = await openCut()
    const rush = 300
    let done = 0
    const waiting = Array.from({ length: rush }, (_, index) => (index % 2 === 0 ? say(`第 ${index} 条`) : ask(`第 ${index} 问`)).then(
      () => void done++,
      () => void done++,
    ))
    // Rights are read, then all of them wait for the session.
    await new Promise((resolve) => setTimeout(resolve, 30))
    const pressed = performance.now()
    await cut()
    const [took, before] = [performance.now() - pressed, done]
    await Promise.all(waiting)
    const all = performance.now() - pressed
    process.stdout.write(`cut on ${engine.name}: ${took.toFixed(0)} ms with ${rush - before} of ${rush} commits still waiting, which took ${all.toFixed(0)} ms\n`)
    expect(before).toBeLessThan(rush / 2)
    expect(took).toBeLessThan(all / 2)
  })
})
