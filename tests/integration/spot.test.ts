import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { SaveSpot, SpotRecord } from '../../shared/spot.ts'
import type { Phase } from '../../shared/sessions.ts'
import { LIMITS } from '../../shared/limits.ts'
import { openDesk, refusalOf } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { WAY_TO, guest, questionInput, sessionInput } from '../support/fixtures.ts'

type Over = Partial<SaveSpot>

/** A promise about no question, by the first guest, unless told otherwise. */
const input = (desk: Desk, over: Over = {}): SaveSpot => ({ sessionId: desk.sessionId, id: randomUUID(), expectedVersion: null, kind: 'promise', questionId: null, handId: null, guestId: desk.guests[0]!.id, who: '周', departmentId: null, text: '', dueOn: '2026-12-01', ...over })
const record = (desk: Desk, over: Over = {}) => desk.core.spots.save(desk.host, input(desk, over))
/** The same record, corrected. */
const correct = (desk: Desk, { number: _number, department: _department, at: _at, by: _by, withdrawn: _withdrawn, version, ...kept }: SpotRecord, over: Over = {}) =>
  desk.core.spots.save(desk.host, { sessionId: desk.sessionId, ...kept, expectedVersion: version, ...over })
const withdraw = (desk: Desk, { id, version }: SpotRecord, reason = '记错了', personId = desk.host) => desk.core.spots.withdraw(personId, { sessionId: desk.sessionId, id, expectedVersion: version, reason })
const spotEntries = async (desk: Desk) => (await desk.ledger()).filter(({ subject }) => subject === 'spot')

onBothEngines((engine) => {
  describe('a record', () => {
    test('is public at once, with the name and department that the guest has', async () => {
      const desk = await openDesk(engine)
      const asked = await desk.ask('石矿什么时候复绿？')
      await desk.act(asked.id, { action: 'approve' })
      const made = await record(desk, { questionId: asked.id, text: '电话 13812345678' })
      expect(made).toMatchObject({ number: 1, kind: 'promise', questionId: asked.id, guestId: desk.guests[0]!.id, who: '周建国', department: '住房和城乡建设局', dueOn: '2026-12-01', withdrawn: null, version: 1 })
      expect(made.text).not.toContain('13812345678')
      expect((await desk.view()).spots).toEqual([made])
      expect((await desk.view('desk')).spots).toEqual([made])
      expect((await spotEntries(desk)).map(({ number, action, from, to, role, detail }) => ({ number, action, from, to, role, detail }))).toEqual([
        { number: 1, action: 'record', from: null, to: 'recorded', role: 'host', detail: { spot: 'promise', due: '2026-12-01', about: 1 } },
      ])
    })

    test('changes nothing of the question on air', async () => {
      const desk = await openDesk(engine)
      const { id } = await desk.ask('石矿什么时候复绿？')
      await desk.act(id, { action: 'approve' })
      const before = await desk.act(id, { action: 'air', replacing: null, seconds: 0 })
      await record(desk, { kind: 'answer', dueOn: null, questionId: id })
      expect(await desk.stored(id)).toEqual(before)
    })

    test('is made once, however often it is sent', async () => {
      const desk = await openDesk(engine)
      const sent = input(desk)
      const made = await desk.core.spots.save(desk.host, sent)
      expect(await desk.core.spots.save(desk.moderator, sent)).toEqual(made)
      expect((await desk.view()).spots).toHaveLength(1)
      expect(await spotEntries(desk)).toHaveLength(1)
      expect(await refusalOf(desk.core.spots.save(desk.host, { ...sent, text: '别的' }))).toMatchObject({ code: 'stale', current: made })
    })

    test('may be of somebody by name, of a department that there is', async () => {
      const desk = await openDesk(engine)
      const { id: departmentId } = await desk.core.departments.create(desk.host, '', { id: randomUUID(), name: '县水利局', code: 'SL', duty: '', leader: '', verified: true })
      expect(await record(desk, { guestId: null, who: '老李', departmentId })).toMatchObject({ who: '老李', department: '县水利局', departmentId })
      expect(await refusalOf(record(desk, { guestId: null, departmentId: randomUUID() }))).toMatchObject({ code: 'invalid_input', issues: [{ path: 'departmentId', code: 'no_department' }] })
    })

    test('is only about what belongs to the session', async () => {
      const desk = await openDesk(engine)
      const other = sessionInput({ guests: [guest('郑海波')] })
      let { version } = await desk.core.sessions.create(desk.host, other)
      for (const action of WAY_TO.live) ({ version } = await desk.core.sessions.phase(desk.host, { sessionId: other.id, action, expectedVersion: version }))
      const asked = await desk.core.questions.submit(randomUUID(), '', questionInput(other.id))
      for (const over of [{ questionId: asked.id }, { questionId: randomUUID() }, { handId: randomUUID() }]) expect(await refusalOf(record(desk, over))).toMatchObject({ code: 'not_found' })
      expect(await refusalOf(record(desk, { guestId: other.guests[0]!.id }))).toMatchObject({ code: 'invalid_input', issues: [{ path: 'guestId', code: 'not_invited' }] })
      const made = await desk.core.spots.save(desk.host, input(desk, { sessionId: other.id, guestId: null }))
      expect(await refusalOf(record(desk, { id: made.id }))).toMatchObject({ code: 'forbidden' })
      expect(await refusalOf(correct(desk, made, { sessionId: desk.sessionId }))).toMatchObject({ code: 'not_found' })
      expect(await refusalOf(withdraw(desk, made))).toMatchObject({ code: 'not_found' })
      expect((await desk.view()).spots).toEqual([])
    })

    test('is due today in the county at the earliest', async () => {
      const desk = await openDesk(engine)
      // 16:30 in London is half past midnight of the next day in Shanghai.
      desk.wait(15 * 3_600_000)
      expect(await refusalOf(record(desk, { dueOn: '2026-11-22' }))).toMatchObject({ code: 'invalid_input', issues: [{ path: 'dueOn', code: 'in_the_past' }] })
      expect(await record(desk, { dueOn: '2026-11-23' })).toMatchObject({ dueOn: '2026-11-23' })
    })

    test('is one of so many', async () => {
      const desk = await openDesk(engine)
      await desk.database.transact((tx) => tx.updateTable('sessions').set({ spotCount: LIMITS.spotsPerSession }).where('id', '=', desk.sessionId).execute())
      expect(await refusalOf(record(desk))).toMatchObject({ code: 'invalid_input', issues: [{ path: 'id', code: 'too_many' }] })
    })

    test.each<[Phase, boolean]>([
      ['announced', false],
      ['backstage', false],
      ['live', true],
      ['paused', true],
      ['ended', true],
      ['archived', false],
      ['cancelled', false],
    ])('while it is %s: %s', async (phase, possible) => {
      const desk = await openDesk(engine, phase)
      const doing = record(desk)
      if (possible) expect(await doing).toMatchObject({ number: 1 })
      else expect(await refusalOf(doing)).toMatchObject({ code: 'wrong_state', current: { id: desk.sessionId, phase } })
    })
  })

  test('who may: the host, moderators, the recorder', async () => {
    const desk = await openDesk(engine)
    for (const personId of [await desk.seat(desk.guests[0]!.id), randomUUID()]) {
      expect(await refusalOf(desk.core.spots.save(personId, input(desk)))).toMatchObject({ code: 'forbidden' })
    }
    const made = await desk.core.spots.save(desk.moderator, input(desk))
    expect(await refusalOf(withdraw(desk, made, '不算', randomUUID()))).toMatchObject({ code: 'forbidden' })
    expect((await spotEntries(desk))[0]).toMatchObject({ role: 'moderator' })
  })

  describe('a correction', () => {
    test('is told to everybody, and stands in the ledger with the first', async () => {
      const desk = await openDesk(engine)
      const made = await record(desk)
      const corrected = await correct(desk, made, { text: '公开清单', dueOn: '2026-12-02' })
      expect(corrected).toEqual({ ...made, text: '公开清单', dueOn: '2026-12-02', version: 2 })
      expect((await desk.view()).spots).toEqual([corrected])
      expect((await spotEntries(desk)).map(({ action, to, detail }) => ({ action, to, detail }))).toEqual([
        { action: 'record', to: 'recorded', detail: { spot: 'promise', due: '2026-12-01' } },
        { action: 'correct', to: 'recorded', detail: { spot: 'promise', due: '2026-12-02' } },
      ])
    })

    test('is refused where somebody was faster, with what they wrote', async () => {
      const desk = await openDesk(engine)
      const made = await record(desk)
      const corrected = await correct(desk, made, { text: '一' })
      expect(await refusalOf(correct(desk, made, { text: '二' }))).toMatchObject({ code: 'stale', current: corrected })
      expect(await refusalOf(withdraw(desk, made))).toMatchObject({ code: 'stale', current: corrected })
    })

    test('may let stand a day that is past, and a guest who is not invited any more', async () => {
      const desk = await openDesk(engine)
      const made = await record(desk)
      desk.wait(30 * 86_400_000)
      const session = (await desk.core.stores.sessions.byId(desk.sessionId))!
      const { kind, title, topic, introduction, startsAt, plannedMinutes, settings } = session
      await desk.core.sessions.edit(desk.host, desk.sessionId, { expectedVersion: session.version, kind, title, topic, introduction, startsAt, plannedMinutes, settings, guests: desk.guests.slice(1) })
      expect(await correct(desk, made, { text: '补充' })).toMatchObject({ text: '补充', who: '周建国', dueOn: '2026-12-01' })
      expect(await refusalOf(record(desk, { dueOn: '2027-01-30' }))).toMatchObject({ code: 'invalid_input' })
    })

    test('that says the same writes nothing', async () => {
      const desk = await openDesk(engine)
      const made = await record(desk)
      expect(await correct(desk, made)).toEqual(made)
      expect(await spotEntries(desk)).toHaveLength(1)
    })
  })

  test('what is taken back stays in public, with the reason, and is corrected no more', async () => {
    const desk = await openDesk(engine)
    const made = await record(desk)
    const taken = await withdraw(desk, made, '不是承诺')
    expect(taken).toMatchObject({ version: 2, withdrawn: { reason: '不是承诺' } })
    expect((await desk.view()).spots).toEqual([taken])
    expect(await refusalOf(correct(desk, taken, { text: '又来' }))).toMatchObject({ code: 'wrong_state', current: taken })
    expect(await refusalOf(withdraw(desk, taken))).toMatchObject({ code: 'wrong_state' })
    expect((await spotEntries(desk)).at(-1)).toMatchObject({ action: 'withdraw', from: 'recorded', to: 'withdrawn', reason: '不是承诺' })
  })

  describe('is told', () => {
    test('to whoever has the receipt, also of what was merged', async () => {
      const desk = await openDesk(engine)
      const [root, merged] = [await desk.ask('石矿？'), await desk.ask('矿山？')]
      await desk.act(root.id, { action: 'approve' })
      await desk.act(merged.id, { action: 'merge', intoId: root.id })
      const made = await record(desk, { questionId: root.id })
      await record(desk)
      for (const { receipt } of [root, merged]) expect((await desk.core.questions.fate(receipt)).spots).toEqual([made])
    })

    test('in the outcomes and in the tables', async () => {
      const desk = await openDesk(engine)
      const { id } = await desk.ask('石矿？')
      await desk.act(id, { action: 'approve' })
      const made = await record(desk, { questionId: id, text: '一月内开工' })
      const loose = await record(desk, { kind: 'task' })
      const taken = await withdraw(desk, await record(desk, { questionId: id, kind: 'answer', dueOn: null }), '重复')
      const outcomes = await desk.core.outcomes.page(desk.sessionId, { after: 0 })
      expect(outcomes.spots).toEqual({ answers: 0, promises: 1, tasks: 1, others: [loose] })
      expect(outcomes.questions[0]?.spots).toEqual([made, taken])
      expect(await desk.core.exports.outcomesTable(desk.sessionId, 'zh-CN')).toContain('承诺 周建国 住房和城乡建设局 2026-12-01 一月内开工\n已答复 周建国 住房和城乡建设局 （已撤回） 重复')
      expect((await desk.core.exports.questions(desk.host, desk.sessionId)).spots).toEqual([made, loose, taken])
      expect((await desk.core.outcomes.page(desk.sessionId, { after: 0, search: '开工' })).questions).toHaveLength(1)
    })

    test('without the words of a question that is hidden', async () => {
      const desk = await openDesk(engine)
      const { id } = await desk.ask('某某的电话是多少？')
      await desk.act(id, { action: 'approve' })
      await record(desk, { questionId: id })
      await desk.act(id, { action: 'decline', code: 'privacy', reason: '' })
      expect(JSON.stringify((await desk.view()).spots)).not.toContain('某某')
      expect((await desk.core.outcomes.page(desk.sessionId, { after: 0 })).questions[0]).toMatchObject({ text: null, spots: [{ number: 1 }] })
    })
  })

  test('who catches up is not told the wording that was corrected', async () => {
    const desk = await openDesk(engine)
    const made = await record(desk, { text: '某某个人隐私' })
    const since = { epoch: desk.database.epoch, seq: 0 }
    await correct(desk, made, { text: '改好了' })
    const { events } = await desk.core.sync.join(randomUUID(), { sessionId: desk.sessionId, as: 'participant', since })
    expect(events?.filter(({ type }) => type === 'spot')).toHaveLength(1)
    expect(JSON.stringify(events)).not.toContain('某某个人隐私')
  })

  test('dates that are promised often are counted in working days', async () => {
    const desk = await openDesk(engine)
    expect(await desk.core.workdays.choices()).toEqual([
      { days: 3, due: '2026-11-25', provisional: false },
      { days: 5, due: '2026-11-27', provisional: false },
      { days: 10, due: '2026-12-04', provisional: false },
      { days: null, due: '2026-12-22', provisional: false },
    ])
  })
})
