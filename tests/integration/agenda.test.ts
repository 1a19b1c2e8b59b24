import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createAccountStore } from '../../server/accounts/store.ts'
import type { AgendaItem, AgendaKind } from '../../shared/agenda.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'
import type { Phase, SessionKind } from '../../shared/sessions.ts'
import { applyEvent, applyJoined } from '../../web/sessions/reduce.ts'
import { client } from '../support/client.ts'
import { openDesk, refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { openSession } from '../support/fixtures.ts'
import { follow, shown } from '../support/follow.ts'
import { startServer } from '../support/server.ts'

const part = (kind: AgendaKind, minutes = 10, over: Partial<AgendaItem> = {}): AgendaItem => ({ id: randomUUID(), kind, title: `环节：${kind}`, minutes, speakers: [], questionIds: [], ...over })
const wholeRun = () => [part('briefing', 15), part('representatives', 40), part('open_floor', 30), part('closing', 5)] as const

onBothEngines((engine) => {
  async function open(phase: Phase = 'live', kind: SessionKind = 'symposium') {
    const desk = await openDesk(engine, phase, {}, { kind })
    const { core, sessionId, host, database } = desk
    const director: string = randomUUID()
    await database.transact(async (tx) => {
      const id = randomUUID()
      await createAccountStore(tx).insertGrant({ id, sessionId, role: 'director', guestId: null, name: '', accountId: null }, desk.now().toISOString())
      await createAccountStore(tx).hold(director, id, desk.now().toISOString())
    })
    const items = wholeRun()
    const agenda = async () => (await desk.view()).agenda
    const save = async (list: readonly AgendaItem[] = items, by = host, version?: number) => core.agenda.save(by, { sessionId, expectedVersion: version ?? (await agenda()).version, items: [...list] })
    const go = async (item: AgendaItem | null, by = director, version?: number) => core.agenda.act(by, { sessionId, action: 'go', itemId: item?.id ?? null, expectedVersion: version ?? (await agenda()).version })
    const extend = async (minutes: number) => core.agenda.act(director, { sessionId, action: 'extend', minutes, expectedVersion: (await agenda()).version })
    return { ...desk, director, items, agenda, save, go, extend }
  }

  describe('writing the agenda', () => {
    test('keeps the list with guests and questions that the session has, and no others', async () => {
      const { core, sessionId, host, moderator, guests, items, save, agenda, ask, ledger, database } = await open('announced')
      const question = await ask('停车位怎么办？')
      const elsewhere = await openDesk(engine)
      const foreign = await elsewhere.ask('别场的问题')
      const list = [{ ...items[0], speakers: [{ guestId: guests[0]!.id, name: guests[0]!.name }, { guestId: null, name: '王代表' }], questionIds: [question.id] }, items[1]]
      expect(await save(list)).toEqual({ version: 1, items: list, current: null, runs: [] })
      expect(await agenda()).toEqual({ version: 1, items: list, current: null, runs: [] })
      expect((await ledger()).at(-1)).toMatchObject({ subject: 'session', action: 'agenda_save', to: 'announced', role: 'host' })
      expect(await database.read.selectFrom('audit').select('detailJson').where('action', '=', 'session_edit').execute()).toEqual([{ detailJson: JSON.stringify({ changed: 'agenda' }) }])

      const unknown = [{ ...items[0], speakers: [{ guestId: randomUUID(), name: '谁' }], questionIds: [question.id, foreign.id, randomUUID()] }]
      expect(await refusalOf(save(unknown))).toEqual({
        code: 'invalid_input',
        issues: [
          { path: 'items.0.speakers.0.guestId', code: 'unknown' },
          { path: 'items.0.questionIds.1', code: 'unknown' },
          { path: 'items.0.questionIds.2', code: 'unknown' },
        ],
      })
      expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
      expect((await refusalOf(save([], moderator))).code).toBe('forbidden')
      expect(await save([], host)).toMatchObject({ version: 2, items: [] })
    })

    test('a guest who is invited no more holds up no other change', async () => {
      const { core, sessionId, host, guests, items, save } = await open('announced')
      const list = [{ ...items[0], speakers: [{ guestId: guests[0]!.id, name: guests[0]!.name }] }, items[1]]
      await save(list)
      const { kind, title, topic, introduction, startsAt, plannedMinutes, settings, version } = await core.sessions.get(sessionId)
      await core.sessions.edit(host, sessionId, { kind, title, topic, introduction, startsAt, plannedMinutes, settings, guests: [], expectedVersion: version })
      expect(await save([list[0]!, { ...items[1], minutes: 7 }])).toMatchObject({ version: 2, items: [{ speakers: [{ guestId: guests[0]!.id }] }, { minutes: 7 }] })
      await save([items[1]])
      expect((await refusalOf(save(list))).code).toBe('invalid_input')
    })

    test('a repetition is answered and does nothing; another list at an old version is told what is true', async () => {
      const { save, items, agenda, ledger } = await open('announced')
      await save()
      const { length } = await ledger()
      expect(await save(items, undefined, 0)).toMatchObject({ version: 1 })
      expect(await ledger()).toHaveLength(length)
      expect(await refusalOf(save([items[0]], undefined, 0))).toEqual({ code: 'stale', current: await agenda() })
      expect(await agenda()).toMatchObject({ version: 1, items })
    })

    test('two hosts at once: one is heard, the other is told', async () => {
      const { save, items, agenda } = await open('announced')
      const settled = await Promise.allSettled([save([items[0]], undefined, 0), save([items[1]], undefined, 0)])
      expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(await agenda()).toMatchObject({ version: 1 })
    })

    test('what was on stays, and nothing is written after the end', async () => {
      const { save, items, go, agenda, advance } = await open()
      await save()
      await go(items[0])
      await go(items[1])
      expect(await refusalOf(save([items[1], items[2]]))).toEqual({ code: 'wrong_state', current: await agenda() })
      const changed = await save([items[0], { ...items[1], minutes: 50 }])
      expect(changed).toMatchObject({ current: items[1].id, runs: [{ minutes: 15 }, { minutes: 50 }] })
      await advance('end')
      expect((await refusalOf(save([...items]))).code).toBe('wrong_state')
    })

    test('an interview has none', async () => {
      const { save, go } = await open('live', 'interview')
      expect((await refusalOf(save())).code).toBe('wrong_state')
      expect((await refusalOf(go(null))).code).toBe('wrong_state')
    })
  })

  describe('moving on', () => {
    test('is the director’s, on air, part by part, and stands in the ledger', async () => {
      const { core, sessionId, items, save, go, extend, agenda, view, ledger, wait, moderator } = await open()
      await save()
      expect((await refusalOf(go(items[0], moderator))).code).toBe('forbidden')
      const first = await go(items[0])
      expect(first).toMatchObject({ version: 2, current: items[0].id, runs: [{ itemId: items[0].id, endedAt: null, minutes: 15 }] })
      wait(5 * 60_000)
      await extend(5)
      expect((await agenda()).runs[0]).toMatchObject({ minutes: 20, startedAt: first.runs[0]?.startedAt })
      wait(60_000)
      const second = await go(items[1])
      expect(second.runs[0]?.endedAt).toBe(second.runs[1]?.startedAt)
      expect((await ledger()).slice(-3)).toMatchObject([
        { subject: 'session', number: null, action: 'agenda_go', from: 'live', to: 'live', role: 'director', detail: { part: items[0].title } },
        { action: 'agenda_extend', detail: { part: items[0].title, minutes: 5 } },
        { action: 'agenda_go', detail: { part: items[1].title } },
      ])
      expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
      expect((await view()).agenda).toEqual(second)
      expect((await refusalOf(go(part('other')))).code).toBe('not_found')
      expect((await refusalOf(go(items[1]))).code).toBe('wrong_state')
      await go(null)
      expect((await refusalOf(go(null))).code).toBe('wrong_state')
      expect((await refusalOf(extend(5))).code).toBe('wrong_state')
    })

    test('is refused before the start', async () => {
      const { save, go, items } = await open('backstage')
      await save()
      expect((await refusalOf(go(items[0]))).code).toBe('wrong_state')
    })

    test('two directors at once move one part; the other one is told where it stands', async () => {
      const { save, go, items, agenda, host, director } = await open()
      await save()
      await go(items[0])
      const [one, other] = await Promise.allSettled([go(items[1], director, 2), go(items[1], host, 2)])
      expect([one, other].map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const late = one.status === 'rejected' ? one : other
      expect(late).toMatchObject({ reason: { refusal: { code: 'stale', current: await agenda() } } })
      expect((await agenda()).runs).toHaveLength(2)
      // The same press once more, as after an answer that was lost.
      expect((await refusalOf(go(items[1], director, 2))).code).toBe('stale')
      expect((await agenda()).runs).toHaveLength(2)
    })

    test('the open floor opens the floor, closing words close it', async () => {
      const { save, go, items, view } = await open()
      await save()
      for (const [item, isOpen] of [[items[0], false], [items[2], true], [items[1], true], [items[3], false], [items[2], true], [null, false]] as const) {
        await go(item)
        expect((await view()).floor.open, item?.kind ?? 'through').toBe(isOpen)
      }
    })

    test('while everything is cut off, no floor opens', async () => {
      const { core, sessionId, host, save, go, items, view } = await open()
      await save()
      await core.cuts.cut(host, { sessionId, reason: '' }, '')
      await go(items[2])
      expect(await view()).toMatchObject({ agenda: { current: items[2].id }, floor: { open: false } })
    })

    test('the end of the session ends what is on, within the seal', async () => {
      const { core, sessionId, save, go, items, agenda, advance } = await open()
      await save()
      await go(items[0])
      await advance('end')
      const { current, runs } = await agenda()
      expect(current).toBeNull()
      expect(runs[0]?.endedAt).not.toBeNull()
      expect((await refusalOf(go(items[1]))).code).toBe('wrong_state')
      expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
    })
  })

  test('whoever applies every event sees what a fresh page sees', async () => {
    const { core, sessionId, save, go, extend, items, view, advance } = await open()
    let state = applyJoined(null, await core.sync.join(randomUUID(), { sessionId, as: 'participant', since: null }))!
    const from = state.seq
    await save()
    await go(items[0])
    await extend(-5)
    await go(items[2])
    await save([...items, part('other')])
    await advance('end')
    const told = await core.stores.events.after(sessionId, from, 1_000, ['public'])
    // Twice, as after a line that broke: it does no harm.
    for (const { event } of [...told, ...told] as { event: SessionEvent }[]) state = applyEvent(state, event)
    const fresh = await view()
    expect(state.agenda).toEqual(fresh.agenda)
    expect(state.floor).toEqual(fresh.floor)
    expect(state.session).toEqual(fresh.session)
  })

  test('the kind stays once a symposium has begun', async () => {
    const { core, sessionId, host, save, go, items, view } = await open()
    await save()
    const edit = async (kind: SessionKind) => {
      const { id: _id, phase: _phase, version, wentLiveAt: _live, endedAt: _ended, createdAt: _created, intake: _intake, seal: _seal, announcement: _announcement, attendance: _attendance, ...rest } = (await view()).session
      return core.sessions.edit(host, sessionId, { ...rest, kind, expectedVersion: version })
    }
    await edit('interview')
    await edit('symposium')
    await go(items[0])
    expect(await refusalOf(edit('interview'))).toMatchObject({ code: 'wrong_state', issues: [{ path: 'kind', code: 'in_use' }] })
    expect(await edit('symposium')).toMatchObject({ kind: 'symposium' })
  })

  test('a pinned notice is put up, changed and taken down, by hosts, at the version that they saw', async () => {
    const { core, sessionId, host, moderator, view, ledger } = await open('announced', 'interview')
    const announce = (text: string, expectedVersion: number, by = host) => core.announcements.announce(by, sessionId, { expectedVersion, text }, '')
    const { version } = (await view()).session
    expect((await refusalOf(announce('公告', version, moderator))).code).toBe('forbidden')
    const up = await announce('会场：县政府三楼\n电话：0577-62345678', version)
    expect(up).toMatchObject({ version: version + 1, announcement: { text: '会场：县政府三楼\n电话：0577-62345678', by: 'host' } })
    expect((await view()).session).toEqual(up)
    // Its answer was lost.
    expect(await announce('会场：县政府三楼\n电话：0577-62345678', version)).toEqual(up)
    expect(await refusalOf(announce('另一个', version))).toMatchObject({ code: 'stale', current: up })
    expect(await announce('', version + 1)).toMatchObject({ announcement: null })
    expect((await ledger()).slice(-2)).toMatchObject([{ action: 'announce', to: 'announced' }, { action: 'unannounce', to: 'announced' }])
    expect(await core.ledger.check(sessionId)).toMatchObject({ ok: true })
  })

  test('what was acknowledged outlives a process that is killed, and pages come back to it', async () => {
    const server = await startServer({ env: await engine.env() })
    const { sessionId, host } = await openSession(server, 'live', { kind: 'symposium' })
    const page = await follow(await client(server.url, { reconnect: true }), sessionId)
    const items = wholeRun()
    const { agenda } = await host.request('agenda:save', { sessionId, expectedVersion: 0, items: [...items] })
    const moved = await host.request('agenda:act', { sessionId, action: 'go', itemId: items[2].id, expectedVersion: agenda.version })
    await server.kill('SIGKILL')
    await server.restart()
    const fresh = await follow(await client(server.url, { person: host.person }), sessionId)
    expect(fresh.state()).toMatchObject({ agenda: moved.agenda, floor: { open: true } })
    await page.until(({ seq }) => seq >= fresh.state().seq, 'the page to catch up', 20_000)
    expect(shown(page.state()).agenda).toEqual(moved.agenda)
  }, 60_000)
})
