import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createDeliveryStore } from '../../server/deliveries/store.ts'
import { createPushStore } from '../../server/notifications/store.ts'
import { KEPT_COMMITS } from '../../server/realtime/store.ts'
import { createWebhookStore } from '../../server/webhooks/store.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { TOPICS, openDesk, refusalOf } from '../support/desk.ts'
import { onBothEngines } from '../support/engines.ts'
import { openSession } from '../support/fixtures.ts'
import { client } from '../support/client.ts'
import { startServer } from '../support/server.ts'

onBothEngines((engine) => {
  it('lets nobody fill the ledger by changing their own question for ever', async () => {
    const desk = await openDesk(engine)
    const asker = randomUUID()
    const { id } = await desk.ask('问', {}, asker)
    const revise = (n: number) => desk.act(id, { action: 'revise', text: `问 ${n}`, topicId: null, pictureId: null }, asker)
    for (let n = 0; n < 20; n++) await revise(n)
    expect(await refusalOf(revise(20))).toMatchObject({ code: 'rate_limited' })
    // Staff work as fast as they can.
    for (let n = 0; n < 25; n++) await desk.act(id, { action: 'edit', text: `改 ${n}` })
  })

  it('lets a guest answer, and correct only what is theirs', async () => {
    const desk = await openDesk(engine, 'live', { reviewFirst: false })
    const [first, second] = [desk.guests[0]!, desk.guests[1]!]
    const [speaker, colleague] = [await desk.seat(first.id), await desk.seat(second.id)]
    const { id } = await desk.ask('什么时候动工？')
    await desk.act(id, { action: 'reply', text: '下月。', guestId: first.id }, speaker)
    expect(await refusalOf(desk.act(id, { action: 'reply', text: '明年。', guestId: second.id }, colleague))).toMatchObject({ code: 'forbidden' })
    expect((await desk.act(id, { action: 'reply', text: '下月初。', guestId: first.id }, speaker)).answer).toMatchObject({ text: '下月初。' })
    await desk.act(id, { action: 'reply', text: '以书面为准。', guestId: null })
    expect(await refusalOf(desk.act(id, { action: 'reply', text: '下月。', guestId: first.id }, speaker))).toMatchObject({ code: 'forbidden' })
  })

  it('keeps a promise as it was when the session ended', async () => {
    const rule = { top: 3, perTopic: 1, correctEarly: false }
    const desk = await openDesk(engine, 'live', { rule })
    const edit = async (over: object) => {
      const { id: _id, phase: _p, wentLiveAt: _w, endedAt: _e, createdAt: _c, intake: _i, seal: _s, version, settings, ...rest } = await desk.core.sessions.get(desk.sessionId)
      return desk.core.sessions.edit(desk.host, desk.sessionId, { ...rest, settings: { ...settings, ...over }, expectedVersion: version })
    }
    await edit({ rule: { ...rule, top: 5 } })
    const { version } = await desk.core.sessions.get(desk.sessionId)
    await desk.core.sessions.phase(desk.host, { sessionId: desk.sessionId, action: 'end', expectedVersion: version })
    for (const over of [{ rule: null }, { rule }, { rule: { ...rule, top: 5, correctEarly: true } }, { topics: [TOPICS[0]] }]) expect(await refusalOf(edit(over))).toMatchObject({ code: 'wrong_state' })
    await edit({ lateMinutes: 30, topics: [...TOPICS, { id: randomUUID(), name: '教育' }] })
  })

  it('holds so many words of a poll for review and no more, and notes what a host hides', async () => {
    const desk = await openDesk(engine)
    const poll = await desk.core.polls.save(desk.host, { sessionId: desk.sessionId, id: randomUUID(), expectedVersion: null, kind: 'words', title: '一句话', options: [], maxChoices: 1, showResults: 'live' })
    await desk.core.polls.act(desk.host, { sessionId: desk.sessionId, pollId: poll.id, expectedVersion: 1, action: 'open' })
    const answer = (choices: string[]) => desk.core.pollAnswers.answer(randomUUID(), { sessionId: desk.sessionId, pollId: poll.id, choices })
    const settled = await Promise.allSettled(Array.from({ length: 400 }, (_, n) => answer([`博彩${n}`])))
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBe(300)
    expect(await refusalOf(answer(['六合彩']))).toMatchObject({ code: 'rate_limited' })
    await answer(['博彩0', '路灯'])
    const [shown] = (await desk.view('desk')).polls
    expect(shown).toMatchObject({ answers: 301, counts: { 路灯: 1 } })
    expect(shown!.hidden).toHaveLength(300)
    await desk.core.polls.act(desk.host, { sessionId: desk.sessionId, pollId: poll.id, expectedVersion: shown!.version, action: 'hide_word', word: '路灯', hidden: true })
    expect((await desk.ledger()).at(-1)).toMatchObject({ subject: 'poll', number: 1, action: 'hide_word', from: 'open', to: 'open', role: 'host' })
  })

  it('holds so many chat messages for review and no more', async () => {
    const desk = await openDesk(engine)
    for (let n = 0; n < 300; n++) await desk.say('加微信')
    expect(await refusalOf(desk.say('加 微 信'))).toMatchObject({ code: 'rate_limited' })
    expect(await desk.say('你好')).toMatchObject({ held: false })
    const [first] = (await desk.view('desk')).moderation!.heldChat
    await desk.core.chat.delete(desk.host, { sessionId: desk.sessionId, messageId: first!.id })
    expect(await desk.say('加 微 信')).toMatchObject({ held: true })
  })

  it('keeps no more of the log than anybody is given to catch up with', async () => {
    const desk = await openDesk(engine, 'live', { reviewFirst: false })
    await desk.ask('从前')
    const old = await desk.core.sync.join(desk.host, { sessionId: desk.sessionId, as: 'desk', since: null })
    await desk.database.transact((tx) => tx.updateTable('sessions').set({ seq: KEPT_COMMITS + old.seq - 1 }).where('id', '=', desk.sessionId).execute())
    await desk.ask('后来')
    expect((await desk.core.stores.events.after(desk.sessionId, 0, 1e9, ['public'])).map(({ event }) => event)).toMatchObject([{ type: 'question', question: { text: '后来' } }])
    const missed = await desk.core.sync.join(desk.host, { sessionId: desk.sessionId, as: 'desk', since: old })
    expect(missed.snapshot?.desk?.map(({ text }) => text)).toEqual(['从前', '后来'])
  })

  describe('what was to be told outside', () => {
    it('loses the words of a question that is withdrawn, before it is sent', async () => {
      const desk = await openDesk(engine, 'live', { reviewFirst: false })
      const asker = randomUUID()
      await desk.database.transact(async (tx) => {
        await createWebhookStore(tx).insert({ id: randomUUID(), url: 'http://receiver.invalid/', events: ['question.submitted', 'question.aired', 'question.withdrawn'], active: true, secret: 'whsec_', createdAt: '' })
        await createPushStore(tx).put({ endpoint: 'https://push.invalid/', keys: { p256dh: '', auth: '' }, personId: asker, locale: 'en', createdAt: '' })
      })
      const { id } = await desk.ask('我家在石门巷 3 号', { name: '王芳' }, asker)
      const { id: other } = await desk.ask('路灯')
      await desk.act(id, { action: 'air', replacing: null, seconds: 0 })
      await desk.act(id, { action: 'withdraw' }, asker)
      const kept = await desk.database.read.selectFrom('deliveries').selectAll().execute()
      expect(JSON.stringify(kept)).not.toMatch(/石门巷|王芳/)
      expect(kept.filter(({ kind }) => kind === 'webhook').map(({ event }) => event).toSorted()).toEqual(['question.aired', 'question.submitted', 'question.submitted', 'question.withdrawn'])
      expect(kept.filter(({ kind }) => kind === 'push')).toEqual([])
      expect(kept.find(({ questionId }) => questionId === other)?.bodyJson).toContain('路灯')
      const outbox = createDeliveryStore(desk.database.read)
      expect([await outbox.due('webhook', '9'), await outbox.due('push', '9')]).toEqual([true, false])
    })
  })
})

it('gives one person the whole of a session only so often', async () => {
  const server = await startServer()
  const { sessionId } = await openSession(server, 'live', { settings: DEFAULT_SETTINGS })
  const [greedy, other] = await Promise.all([client(server.url), client(server.url)])
  const join = { sessionId, as: 'participant', since: null } as const
  for (let n = 0; n < 60; n++) await greedy.request('session:join', join)
  expect(await greedy.refused('session:join', join)).toMatchObject({ code: 'rate_limited' })
  expect(await other.request('session:join', join)).toMatchObject({ snapshot: { own: [] } })
})

it('takes no address that a database would not', async () => {
  const server = await startServer()
  const { person } = await client(server.url)
  for (const endpoint of ['https://push.invalid/\u0000', 'https://push.invalid/\ud800', 'https://push.invalid/推']) {
    await expect(person.send('PUT', '/api/push', { endpoint, keys: { p256dh: 'a', auth: 'b' }, locale: 'en' })).rejects.toMatchObject({ refusal: { code: 'invalid_input' } })
  }
  expect(server.output()).not.toContain('request failed')
})
