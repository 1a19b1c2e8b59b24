import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createPushStore } from '../../server/notifications/store.ts'
import { receiptFrom } from '../../server/questions/rules.ts'
import { createRecords } from '../../server/records/records.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'
import { openDesk } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { everyByte, everyRow } from '../support/everything.ts'

const CODE = /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/

/** A device that is told of what this person asks, so that notices lie in the outbox. */
const subscribe = ({ database, now }: Desk, personId: string) =>
  database.transact((tx) => createPushStore(tx).put({ endpoint: `https://push.invalid/${personId}`, personId, keys: { p256dh: 'p', auth: 'a' }, locale: 'en', createdAt: now().toISOString() }))

/** What an earlier release left: the codes readable, in questions, in the log and in the outbox. */
async function makeOld({ database, core }: Desk, id: string): Promise<string> {
  const code = receiptFrom(randomBytes(12))
  const question = await core.stores.questions.byId(id)
  const sealed = question?.receiptSealed ?? ''
  await database.transact(async (tx) => {
    await tx.updateTable('questions').set({ receipt: code, receiptSealed: null }).where('id', '=', id).execute()
    for (const event of await tx.selectFrom('events').selectAll().where('subject', '=', id).execute()) {
      await tx.updateTable('events').set({ payloadJson: event.payloadJson.replaceAll(sealed, code) }).where('sessionId', '=', event.sessionId).where('seq', '=', event.seq).where('position', '=', event.position).execute()
    }
    for (const { id: delivery, bodyJson } of await tx.selectFrom('deliveries').select(['id', 'bodyJson']).execute()) {
      await tx.updateTable('deliveries').set({ bodyJson: bodyJson.replaceAll(sealed, code) }).where('id', '=', delivery).execute()
    }
  })
  return code
}

onBothEngines((engine) => {
  test('nothing at rest holds a receipt, after all that can happen to a question', async () => {
    const desk = await openDesk(engine)
    const { core, database, sessionId, host } = desk
    const asker = randomUUID()
    await subscribe(desk, asker)
    const first = await desk.ask('电梯怎么申请？', {}, asker)
    const second = await desk.ask('加装电梯如何申请？', {}, asker)
    const third = await desk.ask('撤回的提问', {}, asker)
    const intake = await core.questions.intake(host, { sessionId, id: randomUUID(), text: '电话提问', name: null, topicId: null, channel: 'phone' })
    await desk.act(first.id, { action: 'approve' })
    await desk.act(second.id, { action: 'merge', intoId: first.id })
    await desk.act(first.id, { action: 'air', replacing: null, seconds: 0 })
    await desk.act(first.id, { action: 'answer' })
    await desk.act(third.id, { action: 'withdraw' }, asker)
    await desk.act(intake.question.id, { action: 'decline', code: 'off_topic', reason: '' })
    for (const action of ['end', 'archive'] as const) await desk.advance(action)

    const codes = [first.receipt, second.receipt, third.receipt, intake.receipt]
    for (const code of codes) {
      expect(code).toMatch(CODE)
      expect((await core.questions.fate(code)).sessionId).toBe(sessionId)
    }
    const rows = await everyRow(database)
    expect(rows.get('deliveries')).toContain('/q/')
    for (const [table, content] of rows) for (const code of codes) expect(content, table).not.toContain(code)
    if (engine.name === 'sqlite') for (const code of codes) expect((await everyByte(database)).includes(code)).toBe(false)
  })

  test('whoever it is due to is given the code: on sending, on a retry, on coming back, at the desk', async () => {
    const desk = await openDesk(engine)
    const { core, sessionId, host, moderator } = desk
    const asker = randomUUID()
    const input = { id: randomUUID(), follows: null }
    const { receipt, id } = await desk.ask('问题', input, asker)
    expect((await desk.ask('问题', input, asker)).receipt).toBe(receipt)
    expect((await desk.view('participant', asker)).own[0]?.receipt).toBe(receipt)
    expect((await core.moderation.details(moderator, { sessionId, questionId: id })).receipt).toBe(receipt)
    const { epoch, seq } = await core.sync.join(asker, { sessionId, as: 'participant', since: null })
    await desk.act(id, { action: 'approve' })
    const missed = (await core.sync.join(asker, { sessionId, as: 'participant', since: { epoch, seq } })).events ?? []
    expect(missed.filter((event): event is Extract<SessionEvent, { type: 'own_question' }> => event.type === 'own_question').map((event) => event.question.receipt)).toEqual([receipt])
    const phone = { sessionId, id: randomUUID(), text: '电话', name: null, topicId: null, channel: 'phone' } as const
    expect((await core.questions.intake(host, phone)).receipt).toBe((await core.questions.intake(host, phone)).receipt)
    const refusal = await core.questions.act(asker, { action: 'withdraw', sessionId, questionId: id, expectedVersion: 99 }).catch((error: { refusal: { current: { receipt: string } } }) => error.refusal.current.receipt)
    expect(refusal).toBe(receipt)
  })

  test('nobody finds a question by what stands in the database', async () => {
    const desk = await openDesk(engine)
    const { id } = await desk.ask('问题')
    const { receipt, receiptSealed } = await desk.stored(id)
    for (const guess of [receipt, receiptSealed ?? '', '0000-0000-0000']) await expect(desk.core.questions.fate(guess)).rejects.toMatchObject({ refusal: { code: 'not_found' } })
  })

  describe('of an earlier release', () => {
    test('they work before they are converted, and after, when none is readable any more', async () => {
      const desk = await openDesk(engine)
      const { core, database, sessionId } = desk
      const asker = randomUUID()
      await subscribe(desk, asker)
      const ids = [(await desk.ask('一', {}, asker)).id, (await desk.ask('二', {}, asker)).id]
      await desk.act(ids[0] ?? '', { action: 'approve' })
      await desk.act(ids[0] ?? '', { action: 'air', replacing: null, seconds: 0 })
      const codes = [await makeOld(desk, ids[0] ?? ''), await makeOld(desk, ids[1] ?? '')]
      const works = async () => {
        for (const [index, code] of codes.entries()) {
          expect((await core.questions.fate(code)).question.id).toBe(ids[index])
          expect((await core.moderation.details(desk.host, { sessionId, questionId: ids[index] ?? '' })).receipt).toBe(code)
        }
        expect((await desk.view('participant', asker)).own.map(({ receipt }) => receipt)).toEqual(codes)
      }
      await works()
      // What is logged of one that waits for its conversion is converted with it.
      await desk.act(ids[1] ?? '', { action: 'approve' })
      expect((await everyRow(database)).get('events')).toContain(codes[1])

      // Several processes start at once.
      const runs = await Promise.all([core.records.keepUp(), core.records.keepUp()])
      expect(runs.filter((run) => run !== null)).toEqual([{ receipts: 2, notices: 1 }])
      expect(await core.records.keepUp()).toBeNull()
      await works()
      for (const [table, content] of await everyRow(database)) for (const code of codes) expect(content, table).not.toContain(code)
      if (engine.name === 'sqlite') for (const code of codes) expect((await everyByte(database)).includes(code)).toBe(false)
      expect(await database.read.selectFrom('jobRuns').select(['job', 'outcome']).execute()).toEqual([{ job: 'upkeep', outcome: 'ok' }])
    })

    test('what they were is taken out of the files, however often that fails at first', async () => {
      const desk = await openDesk(engine)
      const { database, core } = desk
      const { id } = await desk.ask('问题')
      const code = receiptFrom(randomBytes(12))
      await database.transact((tx) => tx.updateTable('questions').set({ receipt: code, receiptSealed: null }).where('id', '=', id).execute())
      let full = true
      const scrub: typeof database.scrub = async (whole) => {
        if (full) throw new Error('the disk is full')
        await database.scrub(whole)
      }
      const { keepUp } = createRecords({ database: { ...database, scrub }, access: core.access, receipts: core.receipts, now: desk.now })
      await expect(keepUp()).rejects.toThrow('the disk is full')
      await expect(keepUp()).rejects.toThrow('the disk is full')
      full = false
      expect(await keepUp()).toEqual({ receipts: 0, notices: 0 })
      expect(await keepUp()).toBeNull()
      if (engine.name === 'sqlite') expect((await everyByte(database)).includes(code)).toBe(false)
    })

    test('there may be more than one step takes', async () => {
      const desk = await openDesk(engine)
      const { id } = await desk.ask('问题')
      const { database, core } = desk
      const row = await database.read.selectFrom('questions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
      const old = Array.from({ length: 450 }, (_, index) => ({ ...row, id: randomUUID(), number: index + 2, receipt: receiptFrom(randomBytes(12)), receiptSealed: null }))
      await database.transact(async (tx) => {
        for (let start = 0; start < old.length; start += 150) await tx.insertInto('questions').values(old.slice(start, start + 150)).execute()
      })
      expect(await core.records.keepUp()).toEqual({ receipts: 450, notices: 0 })
      for (const question of [old[0], old.at(-1)]) expect((await core.questions.fate(question?.receipt ?? '')).question.id).toBe(question?.id)
    })
  })
})
