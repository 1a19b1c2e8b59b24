import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HandRow } from '../../server/db/schema.ts'
import { LIMITS } from '../../shared/limits.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { TOPICS, refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { INVITE, START, TABLES, openFloor } from '../support/floor.ts'
import type { OpenedFloor, Step } from '../support/floor.ts'
import { questionInput } from '../support/fixtures.ts'
import { openResidents } from '../support/residents.ts'

/** Somebody at home, all the way to where they wait backstage. */
async function backstage({ raise, act }: OpenedFloor, personId: string = randomUUID()) {
  const id = await raise({}, personId)
  for (const [step, by] of [[INVITE, undefined], [{ action: 'accept' }, personId], [{ action: 'ready' }, personId]] as const) await act(id, step, by)
  return { id, personId }
}

onBothEngines((engine) => {
  describe('a hand', () => {
    it('is raised, called, checked, given the floor and lowered by time, and everybody sees each step', async () => {
      const floor = await openFloor(engine)
      const personId = randomUUID()
      const id = await floor.raise({ about: '打13800138000找我', topicId: TOPICS[0]!.id, tableId: TABLES[0]!.id }, personId)
      const waiting = { id, number: 1, name: '王先生', place: 'home', state: 'waiting', about: null, topicId: TOPICS[0]!.id, tableId: TABLES[0]!.id, turns: 0, calledAt: null, camera: false, version: 1 }
      expect((await floor.view()).hands).toMatchObject([waiting])
      expect((await floor.view('desk')).moderation?.hands).toMatchObject([{ ...waiting, givenAbout: '打138****8000找我', enteredBy: null, held: [] }])
      expect((await floor.view('participant', personId)).ownHand).toEqual({ id, version: 1, state: 'waiting', reason: null })

      const called = await floor.act(id, INVITE)
      expect(called).toMatchObject({ state: 'invited', outOfTurn: null, version: 2 })
      expect((await floor.view()).hands[0]).toMatchObject({ about: '打138****8000找我', calledAt: called.calledAt })
      await floor.act(id, { action: 'accept' }, personId)
      await floor.act(id, { action: 'ready' }, personId)
      const speaking = await floor.act(id, { action: 'start', seconds: 90, reason: '' })
      expect(speaking).toMatchObject({ state: 'speaking', camera: 1, seconds: 90, calledAt: called.calledAt })
      expect(await floor.act(id, { action: 'time', seconds: 150 })).toMatchObject({ seconds: 150, startedAt: speaking.startedAt })
      expect(await floor.act(id, { action: 'finish' }, personId)).toMatchObject({ state: 'spoke' })
      expect((await floor.ledger()).filter(({ subject }) => subject === 'hand').map(({ number, action, from, to, role, detail, reason }) => [number, action, from, to, role, detail?.place, reason])).toEqual([
        [1, 'raise', null, 'waiting', 'participant', 'home', null],
        [1, 'invite', 'waiting', 'invited', 'host', 'home', null],
        [1, 'accept', 'invited', 'checking', 'participant', 'home', null],
        [1, 'ready', 'checking', 'backstage', 'participant', 'home', null],
        [1, 'start', 'backstage', 'speaking', 'host', 'home', null],
        [1, 'time', 'speaking', 'speaking', 'host', 'home', null],
        [1, 'finish', 'speaking', 'spoke', 'participant', 'home', null],
      ])
      expect(JSON.stringify(await floor.ledger())).not.toMatch(/王先生|找我/)

      // The second time they come after whoever has not spoken yet.
      const again = await floor.raise({}, personId)
      expect(await floor.stored(again)).toMatchObject({ turns: 1, number: 2 })
    })

    it('takes nothing but its own words out of the log and the outbox, whatever id it was given', async () => {
      const floor = await openFloor(engine)
      const asker = randomUUID()
      const question = questionInput(floor.sessionId, '路灯不亮')
      await floor.core.questions.submit(asker, 'a', question)
      const { version, number } = (await floor.view('desk')).desk!.find(({ id }) => id === question.id)!
      await floor.core.questions.act(floor.host, { action: 'approve', sessionId: floor.sessionId, questionId: question.id, expectedVersion: version })
      const at = floor.now().toISOString()
      await floor.database.transact((tx) =>
        tx.insertInto('deliveries').values({ id: randomUUID(), kind: 'push', target: 'https://push.example/a', event: 'aired', questionId: question.id, bodyJson: '{}', state: 'waiting', attempts: 0, outcome: null, nextAt: at, createdAt: at }).execute(),
      )
      const kept = async () => [
        (await floor.database.read.selectFrom('events').select('payloadJson').where('audience', '=', 'public').where('payloadJson', 'like', '%路灯不亮%').execute()).length,
        (await floor.database.read.selectFrom('deliveries').select('id').where('questionId', '=', question.id).execute()).length,
      ]
      const before = await kept()
      expect([number, ...before]).toEqual([1, 1, 1])
      const stranger = randomUUID()
      await floor.raise({ id: question.id }, stranger)
      await floor.act(question.id, { action: 'lower' }, stranger)
      expect(await kept()).toEqual(before)
    })

    it('is one at a time for each person, whatever their devices say', async () => {
      const floor = await openFloor(engine)
      const personId = randomUUID()
      const input = { sessionId: floor.sessionId, id: randomUUID(), name: null, questionId: null, topicId: null, tableId: null, about: '' }
      const first = await floor.core.floor.raise(personId, 'a', input)
      expect(await floor.core.floor.raise(personId, 'b', input)).toEqual(first)
      expect(await refusalOf(floor.raise({}, personId))).toMatchObject({ code: 'taken', current: first })
      expect(await refusalOf(floor.core.floor.raise(randomUUID(), 'c', input))).toEqual({ code: 'forbidden' })
      const twice = await Promise.allSettled([floor.raise({ id: randomUUID() }, 'x1'), floor.raise({ id: randomUUID() }, 'x1')])
      expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      await floor.act(first.id, { action: 'lower' }, personId)
      expect(await floor.raise({}, personId)).toBeTypeOf('string')
    })

    it('is refused where there is no floor, while it is closed, and while nobody could be called', async () => {
      const interview = await openFloor(engine, { open: false, over: { kind: 'interview' } })
      expect(await refusalOf(interview.raise())).toEqual({ code: 'wrong_state' })
      expect(await refusalOf(interview.set({ open: true }))).toEqual({ code: 'wrong_state' })
      expect(await refusalOf(interview.enterHall(randomUUID()))).toEqual({ code: 'wrong_state' })
      const early = await openFloor(engine, { phase: 'backstage' })
      expect(await refusalOf(early.raise())).toMatchObject({ code: 'closed' })
      await early.advance('start')
      const id = await early.raise()
      await early.advance('pause')
      expect(await early.raise()).toBeTypeOf('string')
      await early.set({ open: false })
      expect(await refusalOf(early.raise())).toMatchObject({ code: 'closed' })
      // Who waits may be called all the same.
      expect(await early.act(id, INVITE)).toMatchObject({ state: 'invited' })
    })

    it('names only topics, tables and questions that are there, and no seat of somebody else', async () => {
      const floor = await openFloor(engine)
      const [asker, other] = [randomUUID(), randomUUID()]
      const { id: questionId } = await floor.core.questions.submit(asker, 'a', questionInput(floor.sessionId))
      for (const over of [{ topicId: randomUUID() }, { tableId: randomUUID() }, { questionId: randomUUID() }, { questionId }]) expect(await refusalOf(floor.raise(over, other)), JSON.stringify(over)).toEqual({ code: 'not_found' })
      const id = await floor.raise({ questionId }, asker)
      expect((await floor.view()).hands[0]).toMatchObject({ id, questionId })
      const hostSeat = (await floor.core.stores.accounts.grantsOfSession(floor.sessionId)).find(({ role }) => role === 'host')!.id
      for (const seat of [floor.guests[0]!.id, hostSeat]) expect(await refusalOf(floor.raise({ id: seat }))).toEqual({ code: 'forbidden' })
    })

    it('hides a name that must not be read until somebody calls it', async () => {
      const floor = await openFloor(engine)
      const id = await floor.raise({ name: '加微信领补贴' })
      expect((await floor.view()).hands[0]).toMatchObject({ name: null })
      expect((await floor.view('desk')).moderation?.hands[0]).toMatchObject({ name: null, givenName: '加微信领补贴', held: ['sensitive_word'] })
      await floor.act(id, INVITE)
      expect((await floor.view()).hands[0]).toMatchObject({ name: '加微信领补贴' })
      await floor.act(id, { action: 'recall' })
      expect((await floor.view()).hands[0]).toMatchObject({ name: null, about: null, state: 'waiting', calledAt: null })

      const personId = randomUUID()
      const { asker } = (await floor.stored(await floor.raise({}, personId))).shown!
      await floor.core.moderation.sanction(floor.host, { sessionId: floor.sessionId, author: asker, kind: 'ban', reason: '刷屏' })
      await floor.act((await floor.view('participant', personId)).ownHand!.id, { action: 'lower' }, personId)
      await floor.raise({}, personId)
      expect((await floor.view()).hands.at(-1)).toMatchObject({ name: null })
    })

    it('leaves nothing to be read when it is lowered or dismissed', async () => {
      const floor = await openFloor(engine)
      const start = (await floor.session()).seq
      const personId = randomUUID()
      const id = await floor.raise({ name: '赵钱孙', about: '下水道' }, personId)
      await floor.act(id, INVITE)
      await floor.act(id, { action: 'dismiss', reason: '无人应答' })
      expect((await floor.view('participant', personId)).ownHand).toEqual({ id, version: 3, state: 'lowered', reason: '无人应答' })
      expect((await floor.view()).hands).toEqual([])
      const { events } = await floor.core.sync.join(floor.host, { sessionId: floor.sessionId, as: 'desk', since: { epoch: floor.database.epoch, seq: start } })
      expect(JSON.stringify(events)).not.toMatch(/赵钱孙|下水道/)
      expect(events?.filter(({ type }) => type === 'hand')).toMatchObject([{ hand: { id, state: 'lowered', name: null, about: null } }])
    })

    it('is raised by those whom the session knows as well as it asks, and who agreed to the notice', async () => {
      const floor = await openFloor(engine, { over: { settings: { ...DEFAULT_SETTINGS, identity: 'phone' } } })
      const { verify, publish } = openResidents(floor)
      expect(await refusalOf(floor.raise())).toEqual({ code: 'identity_required', current: 'phone' })
      const known = await verify('13800138000')
      await floor.act(await floor.raise({}, known), { action: 'lower' }, known)
      const version = await publish()
      floor.wait(2_000)
      expect(await refusalOf(floor.raise({}, known))).toEqual({ code: 'consent_required', current: version })
      // Whoever has a role here is known by it.
      expect(await floor.raise({}, await floor.somebody('moderator'))).toBeTypeOf('string')
    })

    it('leads to whoever raised it, for an administrator who says why, and to nobody who has no device', async () => {
      const floor = await openFloor(engine)
      const { residents, verify } = openResidents(floor)
      const personId = await verify('13800138000')
      const id = await floor.raise({ about: '下水道' }, personId)
      const { id: byHelper } = await floor.raiseFor(await floor.somebody('helper'))
      for (const find of ['1', '下水', '王先', '']) expect(await floor.core.administration.said(floor.host, floor.sessionId, { subject: 'hand', find }), find).toMatchObject([{ id, number: 1, name: '王先生', text: '下水道' }])
      const look = (hand: string) => residents.lookUps.find(floor.host, '', { sessionId: floor.sessionId, subject: 'hand', id: hand, reason: '在镜头前违法' })
      const found = await look(id)
      expect(found).toMatchObject({ text: '下水道', verified: [{ method: 'phone', identity: expect.stringContaining('13800138000') as string }] })
      expect(found.network?.address).toMatch(/^[0-9a-f-]{36}$/)
      expect(await refusalOf(look(byHelper))).toEqual({ code: 'not_found' })
    })

    it('stands in a queue that ends somewhere', async () => {
      const floor = await openFloor(engine)
      const first = await floor.raise()
      await floor.database.transact(async (tx) => {
        const row = await tx.selectFrom('hands').selectAll().where('id', '=', first).executeTakeFirstOrThrow()
        for (let number = 2; number <= LIMITS.handsWaiting; number++) await tx.insertInto('hands').values({ ...row, id: randomUUID(), number, speaker: `person:${number}`, personId: `${number}` }).execute()
        await tx.updateTable('sessions').set({ handCount: LIMITS.handsWaiting }).where('id', '=', floor.sessionId).execute()
      })
      expect(await refusalOf(floor.raise())).toMatchObject({ code: 'rate_limited' })
    })
  })

  describe('who may do what', () => {
    it('lets nobody take a step on somebody else’s hand that only they may take', async () => {
      const floor = await openFloor(engine)
      const [personId, stranger] = [randomUUID(), randomUUID()]
      const id = await floor.raise({}, personId)
      await floor.act(id, INVITE)
      for (const by of [stranger, floor.host]) for (const action of ['accept', 'lower', 'ready'] as const) expect(await refusalOf(floor.act(id, { action }, by)), `${action}`).toEqual({ code: 'forbidden' })
      for (const step of [INVITE, START, { action: 'time', seconds: 60 }, { action: 'recall' }, { action: 'dismiss', reason: '' }, { action: 'arrange', place: 'hall', topicId: null, tableId: null }] satisfies Step[]) {
        expect(await refusalOf(floor.act(id, step, personId)), step.action).toEqual({ code: 'forbidden' })
      }
    })

    it('lets helpers raise and arrange, directors call, and moderators arrange', async () => {
      const floor = await openFloor(engine)
      const [helper, director, moderator] = [await floor.somebody('helper'), await floor.somebody('director'), await floor.somebody('moderator')]
      const { id } = await floor.raiseFor(helper)
      expect(await refusalOf(floor.raiseFor(director))).toEqual({ code: 'forbidden' })
      expect(await refusalOf(floor.act(id, INVITE, helper))).toEqual({ code: 'forbidden' })
      expect(await refusalOf(floor.act(id, INVITE, moderator))).toEqual({ code: 'forbidden' })
      expect(await floor.act(id, { action: 'arrange', place: 'hall', topicId: TOPICS[1]!.id, tableId: TABLES[1]!.id }, helper)).toMatchObject({ state: 'waiting', topicId: TOPICS[1]!.id, tableId: TABLES[1]!.id })
      expect(await floor.act(id, START, director)).toMatchObject({ state: 'speaking', camera: 0 })
      expect(await refusalOf(floor.act(id, { action: 'finish' }, helper))).toEqual({ code: 'forbidden' })
      expect(await floor.act(id, { action: 'finish' }, director)).toMatchObject({ state: 'spoke' })
      expect(await refusalOf(floor.set({ open: false }, moderator))).toEqual({ code: 'forbidden' })
      expect(await floor.set({ open: false }, director)).toMatchObject({ open: false, version: 2 })
      expect(await floor.act((await floor.raiseFor(helper)).id, { action: 'dismiss', reason: '' }, moderator)).toMatchObject({ state: 'lowered' })
    })

    it('names one resident differently at each hand and question in the ledger', async () => {
      const floor = await openFloor(engine)
      const personId = randomUUID()
      await floor.core.questions.submit(personId, 'a', questionInput(floor.sessionId))
      await floor.act(await floor.raise({}, personId), { action: 'lower' }, personId)
      await floor.raise({}, personId)
      const names = (await floor.ledger()).filter(({ role }) => role === 'participant').map(({ subject, number, actor }) => [`${subject} ${number}`, actor] as const)
      expect(new Set(names.map(([, actor]) => actor)).size).toBe(new Set(names.map(([of]) => of)).size)
    })
  })

  describe('the record', () => {
    it('tells of a hand that was changed, taken out or put in by hand', async () => {
      const floor = await openFloor(engine)
      const { id } = await backstage(floor)
      await floor.act(id, START)
      await floor.act(id, { action: 'finish' })
      const early = await floor.raise()
      await floor.act(await floor.raise(), { action: 'invite', reason: '照顾老人' })
      await floor.act(early, INVITE)
      await floor.act(early, { action: 'recall' })
      const check = () => floor.core.ledger.check(floor.sessionId)
      expect(await check()).toMatchObject({ ok: true })
      const forge = (set: Partial<HandRow>, number: number) => floor.database.transact((tx) => tx.updateTable('hands').set(set).where('sessionId', '=', floor.sessionId).where('number', '=', number).execute())
      const rows = await floor.database.read.selectFrom('hands').selectAll().where('sessionId', '=', floor.sessionId).orderBy('number').execute()
      const later = '2026-11-22T09:00:00.000Z'
      for (const [number, set] of [[1, { state: 'waiting' }], [1, { endedAt: later }], [1, { startedAt: later }], [1, { calledAt: null }], [2, { raisedAt: '2026-11-22T01:00:00.000Z' }], [2, { place: 'hall' }], [3, { outOfTurn: null }], [3, { calledAt: later }]] as const) {
        await forge(set, number)
        expect(await check(), JSON.stringify(set)).toMatchObject({ ok: false, problem: 'hand', number })
        const { id: _id, ...before } = rows[number - 1]!
        await forge(before, number)
      }
      expect(await check()).toMatchObject({ ok: true })
      await floor.database.transact((tx) => tx.insertInto('hands').values({ ...rows[1]!, id: randomUUID(), number: 4 }).execute())
      expect(await check()).toMatchObject({ problem: 'hand', number: 4 })
      await floor.database.transact((tx) => tx.deleteFrom('hands').where('sessionId', '=', floor.sessionId).where('number', 'in', [2, 4]).execute())
      expect(await check()).toMatchObject({ problem: 'hand', number: 2 })
    })
  })

  describe('the order', () => {
    it('is kept unless somebody says in public why not', async () => {
      const floor = await openFloor(engine)
      const [first, second] = [await floor.raise(), await floor.raise()]
      expect(await refusalOf(floor.act(second, INVITE))).toEqual({ code: 'invalid_input', issues: [{ path: 'reason', code: 'out_of_turn' }] })
      expect(await floor.act(second, { action: 'invite', reason: '孕妇优先，电话13800138000' })).toMatchObject({ outOfTurn: '孕妇优先，电话138****8000' })
      expect((await floor.ledger()).at(-1)).toMatchObject({ action: 'invite', reason: '孕妇优先，电话138****8000' })
      // A reason that was not needed is no reason.
      expect(await floor.act(first, { action: 'invite', reason: '轮到了' })).toMatchObject({ outOfTurn: null })
      expect(await floor.act(second, { action: 'recall' })).toMatchObject({ outOfTurn: null, state: 'waiting', calledAt: null })
    })

    it('is the whole queue’s or the table’s', async () => {
      const floor = await openFloor(engine)
      const [one, two] = TABLES.map(({ id }) => id)
      await floor.raise({ tableId: one })
      const behind = await floor.raise({ tableId: one })
      const other = await floor.raise({ tableId: two })
      expect(await refusalOf(floor.act(behind, INVITE))).toMatchObject({ code: 'invalid_input' })
      expect(await floor.act(other, INVITE)).toMatchObject({ outOfTurn: null })
    })

    it('gives the floor only where there is a microphone, and to so many at once', async () => {
      const floor = await openFloor(engine)
      const home = await floor.raise()
      expect(await refusalOf(floor.act(home, START))).toMatchObject({ code: 'wrong_state' })
      await floor.act(home, INVITE)
      expect(await refusalOf(floor.act(home, START))).toMatchObject({ code: 'wrong_state' })
      const helper = await floor.somebody('helper')
      for (let index = 0; index < LIMITS.speakersAtOnce; index++) await floor.act((await floor.raiseFor(helper, { seat: `${index}` })).id, START)
      const { id } = await floor.raiseFor(helper, { seat: 'x' })
      expect(await refusalOf(floor.act(id, START))).toMatchObject({ code: 'wrong_state' })
    })

    it('tells two directors who press at once that one of them was later', async () => {
      const floor = await openFloor(engine)
      const [first, second] = [await floor.raise(), await floor.raise()]
      const director = await floor.somebody('director')
      const input = (handId: string) => ({ action: 'invite', reason: '', sessionId: floor.sessionId, handId, expectedVersion: 1 }) as const
      const same = await Promise.allSettled([floor.core.floor.act(floor.host, input(first)), floor.core.floor.act(director, input(first))])
      expect(same.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(await refusalOf(floor.core.floor.act(director, input(first)))).toMatchObject({ code: 'stale', current: { id: first, state: 'invited', version: 2 } })
      expect(await floor.act(second, INVITE)).toMatchObject({ outOfTurn: null })
    })
  })

  describe('the floor', () => {
    it('is set at the version that was seen, and loses no table that somebody waits at', async () => {
      const floor = await openFloor(engine)
      expect((await floor.view()).floor).toEqual({ version: 1, open: true, seconds: 120, tables: TABLES })
      expect(await refusalOf(floor.set({ expectedVersion: 0 }))).toMatchObject({ code: 'stale', current: { version: 1 } })
      const personId = randomUUID()
      const id = await floor.raise({ tableId: TABLES[1]!.id }, personId)
      expect(await refusalOf(floor.set({ tables: [TABLES[0]!] }))).toMatchObject({ code: 'wrong_state' })
      await floor.act(id, { action: 'lower' }, personId)
      expect(await floor.set({ tables: [TABLES[0]!], seconds: 60 })).toMatchObject({ version: 2, seconds: 60, tables: [TABLES[0]] })
      expect(await floor.stored(await floor.raise())).toMatchObject({ seconds: 60 })
    })

    it('closes with the session: who speaks has spoken, who waits will not, nobody is muted', async () => {
      const floor = await openFloor(engine)
      const { id: speaking } = await backstage(floor)
      await floor.act(speaking, START)
      const [waiting, invited] = [await floor.raise(), await floor.raise()]
      await floor.act(waiting, INVITE)
      await floor.core.muting.mute(floor.host, { sessionId: floor.sessionId, seatId: floor.guests[0]!.id, muted: true })
      await floor.advance('end')
      expect(await floor.stored(speaking)).toMatchObject({ state: 'spoke' })
      for (const id of [waiting, invited]) expect(await floor.stored(id)).toMatchObject({ state: 'lowered' })
      expect(await floor.view()).toMatchObject({ floor: { open: false }, stage: { muted: [] }, hands: [{ id: speaking }] })
      expect(await refusalOf(floor.set({ open: true }))).toMatchObject({ code: 'wrong_state' })
      expect(await floor.core.ledger.check(floor.sessionId)).toMatchObject({ ok: true })
    })

    it('is taken back in the very commit that cuts everything off, and from nobody who only waits', async () => {
      const floor = await openFloor(engine)
      const { id: speaking } = await backstage(floor)
      await floor.act(speaking, START)
      const waiting = await floor.raise()
      await floor.core.muting.mute(floor.host, { sessionId: floor.sessionId, seatId: speaking, muted: true })
      const { seq } = await floor.session()
      await floor.core.cuts.cut(floor.host, { sessionId: floor.sessionId, reason: '' }, '')
      expect((await floor.session()).seq).toBe(seq + 1)
      expect(await floor.stored(speaking)).toMatchObject({ state: 'spoke' })
      expect(await floor.stored(waiting)).toMatchObject({ state: 'waiting' })
      expect((await floor.view()).stage).toEqual({ onAir: [], muted: [] })
      expect(await refusalOf(floor.raise())).toMatchObject({ code: 'closed' })
      expect(await refusalOf(floor.act(waiting, INVITE))).toMatchObject({ code: 'wrong_state' })
      await floor.advance('resume')
      expect(await floor.act(waiting, INVITE)).toMatchObject({ state: 'invited' })
    })

    it('stays as it is through a pause', async () => {
      const floor = await openFloor(engine)
      const { id } = await backstage(floor)
      await floor.act(id, START)
      await floor.advance('pause')
      expect(await floor.stored(id)).toMatchObject({ state: 'speaking' })
    })
  })

  describe('muting', () => {
    it('takes the sound of a guest, a host or a speaker, and of nobody else', async () => {
      const floor = await openFloor(engine)
      const { id } = await backstage(floor)
      const mute = (seatId: string, muted = true, personId = floor.host) => floor.core.muting.mute(personId, { sessionId: floor.sessionId, seatId, muted })
      expect(await refusalOf(mute(id))).toEqual({ code: 'not_found' })
      expect(await refusalOf(mute(id, true, await floor.somebody('moderator')))).toEqual({ code: 'forbidden' })
      await floor.act(id, START)
      const guestId = floor.guests[0]!.id
      await mute(id)
      expect(await mute(guestId, true, await floor.somebody('director'))).toEqual({ onAir: [], muted: [id, guestId] })
      const { seq } = await floor.session()
      await mute(guestId)
      expect((await floor.session()).seq).toBe(seq)
      await floor.act(id, { action: 'finish' })
      expect((await floor.view()).stage.muted).toEqual([guestId])
      expect(await mute(guestId, false)).toEqual({ onAir: [], muted: [] })
      expect((await floor.ledger()).filter(({ action }) => action.endsWith('mute')).map(({ action, role }) => [action, role])).toEqual([
        ['mute', 'host'],
        ['mute', 'director'],
        ['unmute', 'host'],
      ])
    })
  })

  describe('who is in the hall', () => {
    it('is who says its code; a hand that waits moves with them', async () => {
      const floor = await openFloor(engine)
      const personId = randomUUID()
      const id = await floor.raise({}, personId)
      expect(await refusalOf(floor.enterHall(personId, '000000'))).toEqual({ code: 'code_invalid' })
      expect(await floor.enterHall(personId)).toBe('hall')
      expect(await floor.stored(id)).toMatchObject({ place: 'hall', version: 2 })
      expect(await floor.view('participant', personId)).toMatchObject({ ownPlace: 'hall', hands: [{ place: 'hall' }] })
      const { seq } = await floor.session()
      expect(await floor.enterHall(personId)).toBe('hall')
      expect((await floor.session()).seq).toBe(seq)
      expect(await floor.act(id, START)).toMatchObject({ state: 'speaking', camera: 0 })
    })

    it('is not who guesses: a person has six tries, an address thirty, however many come at once', async () => {
      const floor = await openFloor(engine)
      const personId = randomUUID()
      const codes = await Promise.all(Array.from({ length: 9 }, (_, index) => refusalOf(floor.enterHall(personId, `00000${index}`))))
      expect(codes.filter(({ code }) => code === 'code_invalid')).toHaveLength(6)
      expect(await refusalOf(floor.enterHall(personId))).toMatchObject({ code: 'rate_limited' })
      const crowd = await Promise.all(Array.from({ length: 40 }, (_, index) => refusalOf(floor.enterHall(randomUUID(), `1000${index + 10}`, '203.0.113.9'))))
      expect(crowd.filter(({ code }) => code === 'code_invalid')).toHaveLength(30)
      // A hall behind one address that says the right one is let in, however many they are.
      expect(new Set(await Promise.all(Array.from({ length: 200 }, () => floor.enterHall(randomUUID(), undefined, '203.0.113.10'))))).toEqual(new Set(['hall']))
      expect(await floor.enterHall(randomUUID(), undefined, '203.0.113.10')).toBe('hall')
      // Where too many were wrong, the right one says nothing either: it might be a guess.
      expect(await refusalOf(floor.enterHall(randomUUID(), undefined, '203.0.113.9'))).toMatchObject({ code: 'rate_limited' })
    })

    it('is nobody by an empty code', async () => {
      const floor = await openFloor(engine)
      await floor.database.transact((tx) => tx.updateTable('sessions').set({ attendanceJson: '{}' }).where('id', '=', floor.sessionId).execute())
      expect(await refusalOf(floor.enterHall(randomUUID()))).toEqual({ code: 'code_invalid' })
    })
  })

  describe('somebody on the list', () => {
    const FORUM = { id: randomUUID(), name: '青青岛社区' }

    it('speaks for their forum, at their table, from where they were checked in', async () => {
      const floor = await openFloor(engine)
      const personId = randomUUID()
      const attendeeId = await floor.attendee({ personId, forum: FORUM, tableId: TABLES[0]!.id, checkedIn: true })
      const id = await floor.raise({}, personId)
      expect(await floor.stored(id)).toMatchObject({ speaker: `attendee:${attendeeId}`, attendeeId, tableId: TABLES[0]!.id, place: 'hall', seat: '2排8座' })
      expect((await floor.view()).hands[0]).toMatchObject({ forum: { name: '青青岛社区' } })
    })

    it('is one speaker by phone and by helper, and is told of the hand that was raised for them', async () => {
      const floor = await openFloor(engine)
      const [personId, helper] = [randomUUID(), await floor.somebody('helper')]
      const attendeeId = await floor.attendee({ personId, applied: true })
      const id = randomUUID()
      const raised = await floor.raiseFor(helper, { id, attendeeId, name: '', seat: '' })
      expect(raised).toMatchObject({ name: '陈版主', seat: '2排8座', place: 'hall', enteredBy: 'helper', attendeeId })
      expect(await floor.raiseFor(helper, { id, attendeeId, name: '', seat: '' })).toEqual(raised)
      expect((await floor.view('participant', personId)).ownHand).toMatchObject({ id, state: 'waiting' })
      expect(await refusalOf(floor.raise({}, personId))).toMatchObject({ code: 'taken', current: { id } })
      await floor.act(id, START)
      await floor.act(id, { action: 'finish' }, personId)
      expect(await floor.stored(await floor.raise({}, personId))).toMatchObject({ turns: 1 })
    })

    it('does not become a newcomer by applying after they spoke, nor a representative when refused', async () => {
      const floor = await openFloor(engine)
      const personId = randomUUID()
      await floor.enterHall(personId)
      const first = await floor.raise({}, personId)
      await floor.act(first, START)
      await floor.act(first, { action: 'finish' })
      const attendeeId = await floor.attendee({ personId, applied: true, forum: FORUM, state: 'refused' })
      const again = await floor.raise({}, personId)
      expect(await floor.stored(again)).toMatchObject({ turns: 1, attendeeId, seat: '' })
      expect((await floor.view()).hands.at(-1)).toMatchObject({ forum: null })
    })

    it('may be anybody in the hall by name, two of one name told apart by their seats', async () => {
      const floor = await openFloor(engine, { open: false })
      const helper = await floor.somebody('helper')
      await floor.raiseFor(helper)
      expect(await refusalOf(floor.raiseFor(helper))).toMatchObject({ code: 'taken' })
      expect(await floor.raiseFor(helper, { seat: '9排1座' })).toMatchObject({ number: 2, place: 'hall' })
      expect(await refusalOf(floor.raiseFor(helper, { attendeeId: randomUUID() }))).toEqual({ code: 'not_found' })
    })
  })
})
