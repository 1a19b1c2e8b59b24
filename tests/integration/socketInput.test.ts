import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../../shared/protocol/errors.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import type { ClientEvents } from '../../shared/protocol/events.ts'
import { client } from '../support/client.ts'
import type { Payload, TestClient } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { downloadLedger } from '../support/ledger.ts'
import { malformedOf } from '../support/malformed.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

type Event = keyof ClientEvents
type Example<E extends Event> = {
  valid: Payload<E>
  /** Valid in other ways, where the shape follows from one of the fields. */
  others?: Payload<E>[]
  /** Spoilings that are none, see malformedOf. */
  accepted?: string[]
  /** What somebody without any right is told of the valid request; null: everybody may. */
  stranger: ErrorCode | null
}

let server: TestServer
let opened: OpenedSession
let examples: { [E in Event]: Example<E> }

beforeAll(async () => {
  server = await startServer()
  opened = await openSession(server)
  const { sessionId, session } = opened
  const resident = await client(server.url)
  const { question } = await resident.request('question:submit', questionInput(sessionId))
  const { message } = await resident.request('chat:send', { sessionId, id: randomUUID(), text: '大家好', name: null })
  const target = { sessionId, questionId: question.id }
  const step = { ...target, expectedVersion: question.version }
  const poll = { sessionId, pollId: randomUUID(), expectedVersion: 1 }
  const transportId = randomUUID()
  const hand = { sessionId, handId: randomUUID(), expectedVersion: 1 }
  const wish = { topicId: null, tableId: null, about: '路灯' }
  examples = {
    'session:join': { valid: { sessionId, as: 'desk', since: { epoch: 'e', seq: 0 } }, accepted: ['since=null'], stranger: 'forbidden' },
    'session:leave': { valid: { sessionId }, stranger: null },
    'session:phase': { valid: { sessionId, action: 'pause', expectedVersion: session.version }, stranger: 'forbidden' },
    'question:submit': { valid: questionInput(sessionId), accepted: ['topicId=null', 'pictureId=null', 'follows=null', 'name=null', 'text=NaN', 'name=NaN'], stranger: null },
    'question:act': {
      valid: { ...target, action: 'decline', code: 'other', reason: '重复', expectedVersion: question.version },
      others: [
        { ...step, action: 'approve' },
        { ...step, action: 'edit', text: '改' },
        { ...step, action: 'revise', text: '重写', topicId: null, pictureId: null },
        { ...step, action: 'air', replacing: null, seconds: 60 },
        { ...step, action: 'time', seconds: 60 },
        { ...step, action: 'reply', text: '答复', guestId: null },
        { ...step, action: 'merge', intoId: randomUUID() },
        { ...step, action: 'label', topicId: null },
        { ...step, action: 'assign', guestId: null },
        { ...step, action: 'split' },
      ],
      accepted: ['reason=NaN', 'text=NaN', 'topicId=null', 'pictureId=null', 'replacing=null', 'guestId=null'],
      stranger: 'forbidden',
    },
    'question:vote': { valid: { ...target, up: true }, stranger: 'wrong_state' },
    'question:bulk': { valid: { sessionId, targets: [{ questionId: question.id, expectedVersion: 1 }], act: { action: 'approve' } }, stranger: 'forbidden' },
    'question:similar': { valid: { sessionId, text: '电梯', scope: 'desk', exclude: null }, accepted: ['text=NaN', 'exclude=null'], stranger: 'forbidden' },
    'question:object': { valid: { ...target, reason: '没答到点上' }, accepted: ['reason=null', 'reason=NaN'], stranger: 'forbidden' },
    'question:intake': { valid: { sessionId, id: randomUUID(), text: '来电', name: null, topicId: null, channel: 'phone' }, accepted: ['name=null', 'topicId=null', 'text=NaN', 'name=NaN'], stranger: 'forbidden' },
    'question:note': { valid: { ...target, id: randomUUID(), text: '先核实' }, accepted: ['text=NaN'], stranger: 'forbidden' },
    'question:details': { valid: target, stranger: 'forbidden' },
    'votes:judge': { valid: { sessionId, flagId: randomUUID(), verdict: 'set_aside', note: '同一设备' }, accepted: ['note=NaN'], stranger: 'forbidden' },
    'person:sanction': { valid: { sessionId, author: 'abcdefghijkl', kind: 'mute', reason: '刷屏' }, accepted: ['kind=null', 'reason=NaN'], stranger: 'forbidden' },
    'words:get': { valid: { sessionId }, stranger: 'forbidden' },
    'words:set': { valid: { sessionId, scope: 'session', words: ['词'] }, accepted: ['words=[]'], stranger: 'forbidden' },
    'session:cut': { valid: { sessionId, reason: '画面不当' }, accepted: ['reason=NaN'], stranger: 'forbidden' },
    'session:intake': { valid: { sessionId, paused: true, slowSeconds: 30, reason: '太多了' }, accepted: ['reason=NaN'], stranger: 'forbidden' },
    'poll:save': {
      valid: { sessionId, id: randomUUID(), expectedVersion: null, kind: 'single', title: '修哪条路？', options: [{ id: randomUUID(), text: '甲' }, { id: randomUUID(), text: '乙' }], maxChoices: 1, showResults: 'live' },
      accepted: ['expectedVersion=null', 'title=NaN'],
      stranger: 'forbidden',
    },
    'poll:act': { valid: { ...poll, action: 'hide_word', word: '词', hidden: true }, others: [{ ...poll, action: 'open' }], accepted: ['word=NaN'], stranger: 'forbidden' },
    'poll:answer': { valid: { sessionId, pollId: poll.pollId, choices: ['1'] }, accepted: ['choices=[]'], stranger: 'not_found' },
    'chat:send': { valid: { sessionId, id: randomUUID(), text: '好', name: null }, accepted: ['name=null', 'text=NaN', 'name=NaN'], stranger: null },
    'chat:delete': { valid: { sessionId, messageId: message.id }, stranger: 'forbidden' },
    'chat:release': { valid: { sessionId, messageId: message.id }, stranger: 'forbidden' },
    'chat:settings': { valid: { sessionId, chatEnabled: false, chatSlowSeconds: 5, reason: '' }, accepted: ['reason=NaN'], stranger: 'forbidden' },
    'stage:admit': { valid: { sessionId, seatId: session.guests[0]!.id, onAir: true }, stranger: 'forbidden' },
    'stage:mute': { valid: { sessionId, seatId: session.guests[0]!.id, muted: true }, stranger: 'forbidden' },
    'agenda:save': {
      valid: { sessionId, expectedVersion: 0, items: [{ id: randomUUID(), kind: 'briefing', title: '情况介绍', minutes: 15, speakers: [{ guestId: null, name: '县长' }], questionIds: [randomUUID()] }] },
      accepted: ['items=[]', 'items.0.title=NaN', 'items.0.speakers=[]', 'items.0.questionIds=[]', 'items.0.speakers.0.guestId=null', 'items.0.speakers.0.name=NaN'],
      stranger: 'forbidden',
    },
    'agenda:act': { valid: { sessionId, expectedVersion: 0, action: 'go', itemId: randomUUID() }, others: [{ sessionId, expectedVersion: 0, action: 'extend', minutes: 5 }], accepted: ['itemId=null'], stranger: 'forbidden' },
    'floor:set': { valid: { sessionId, expectedVersion: 0, open: true, seconds: 120, tables: [{ id: randomUUID(), name: '一组' }] }, accepted: ['tables=[]', 'tables.0.name=NaN'], stranger: 'forbidden' },
    'hand:raise': { valid: { sessionId, id: randomUUID(), name: '王先生', questionId: null, ...wish }, accepted: ['name=null', 'name=NaN', 'questionId=null', 'topicId=null', 'tableId=null', 'about=NaN'], stranger: 'wrong_state' },
    'hand:raise_for': { valid: { sessionId, id: randomUUID(), attendeeId: null, name: '王先生', seat: '3排5座', ...wish }, accepted: ['attendeeId=null', 'name=NaN', 'seat=NaN', 'topicId=null', 'tableId=null', 'about=NaN'], stranger: 'forbidden' },
    'hand:act': {
      valid: { ...hand, action: 'invite', reason: '' },
      others: [
        { ...hand, action: 'start', seconds: 120, reason: '' },
        { ...hand, action: 'time', seconds: 120 },
        { ...hand, action: 'finish' },
        { ...hand, action: 'dismiss', reason: '不在场' },
        { ...hand, action: 'arrange', place: 'hall', topicId: null, tableId: null },
      ],
      accepted: ['reason=NaN', 'topicId=null', 'tableId=null'],
      stranger: 'forbidden',
    },
    'hall:enter': { valid: { sessionId, code: '123456' }, stranger: 'wrong_state' },
    'spot:save': {
      valid: { sessionId, id: randomUUID(), expectedVersion: null, kind: 'promise', questionId: question.id, handId: null, guestId: null, who: '李局长', departmentId: null, text: '年内完成', dueOn: '2099-12-31' },
      accepted: ['expectedVersion=null', 'questionId=null', 'handId=null', 'guestId=null', 'departmentId=null', 'who=NaN', 'text=NaN'],
      stranger: 'forbidden',
    },
    'spot:withdraw': { valid: { sessionId, id: randomUUID(), expectedVersion: 1, reason: '记错了' }, accepted: ['reason=NaN'], stranger: 'forbidden' },
    'media:join': { valid: { sessionId, audience: 'backstage', seat: 'guest' }, accepted: ['-seat'], stranger: 'forbidden' },
    'media:leave': { valid: { sessionId }, stranger: null },
    'media:transport': { valid: { sessionId, direction: 'send' }, stranger: 'forbidden' },
    'media:connect': { valid: { sessionId, transportId, dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: 'AB:'.repeat(31) + 'AB' }] } }, stranger: 'media_unavailable' },
    'media:restart_ice': { valid: { sessionId, transportId }, stranger: 'media_unavailable' },
    'media:produce': {
      valid: { sessionId, transportId, source: 'camera', rtpParameters: { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }] }, paused: false },
      stranger: 'forbidden',
    },
    'media:producer': { valid: { sessionId, producerId: randomUUID(), action: 'pause' }, stranger: 'media_unavailable' },
    'media:consume': { valid: { sessionId, transportId, producerId: randomUUID(), rtpCapabilities: { codecs: [] } }, accepted: ['rtpCapabilities={}'], stranger: 'media_unavailable' },
    'media:consumer': { valid: { sessionId, consumerId: randomUUID(), action: 'resume' }, stranger: 'media_unavailable' },
  }
})

/** Everything of the session that anybody could have changed. */
async function whole() {
  const { seq, snapshot } = await opened.host.request('session:join', { sessionId: opened.sessionId, as: 'desk', since: null })
  return { seq, snapshot, ledger: await downloadLedger(server.url, opened.sessionId) }
}

const EVENTS: Event[] = [
  'session:join',
  'session:leave',
  'session:phase',
  'session:cut',
  'session:intake',
  'question:submit',
  'question:act',
  'question:vote',
  'question:bulk',
  'question:similar',
  'question:object',
  'question:intake',
  'question:note',
  'question:details',
  'votes:judge',
  'person:sanction',
  'words:get',
  'words:set',
  'poll:save',
  'poll:act',
  'poll:answer',
  'chat:send',
  'chat:delete',
  'chat:release',
  'chat:settings',
  'stage:admit',
  'stage:mute',
  'agenda:save',
  'agenda:act',
  'floor:set',
  'hand:raise',
  'hand:raise_for',
  'hand:act',
  'hall:enter',
  'spot:save',
  'spot:withdraw',
  'media:join',
  'media:leave',
  'media:transport',
  'media:connect',
  'media:restart_ice',
  'media:produce',
  'media:producer',
  'media:consume',
  'media:consumer',
]

test('every event of the protocol is tried', () => expect(EVENTS.toSorted()).toEqual(Object.keys(examples).toSorted()))

describe.each(EVENTS)('%s', (event) => {
  test('refuses what does not fit, says where, and changes nothing', async () => {
    const before = await whole()
    const pid = server.pid()
    const { valid, others = [], accepted } = examples[event]
    for (const example of [valid, ...others]) {
      // By somebody who may: the shape alone is what is refused. A line takes only so many messages and bytes at a time: each example and each megabyte has its own.
      const line = () => client(server.url, { person: opened.host.person })
      const sender = await line()
      for (const { name, payload } of [...malformedOf(example, accepted), { name: 'a Buffer', payload: Buffer.from('x') }]) {
        const own = name.includes('megabyte') ? await line() : sender
        const answer = await own.ask(event, payload)
        if (own !== sender) own.close()
        expect(answer, name).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
        const { issues } = (answer as { error: { issues: { path: string; code: string }[] } }).error
        expect(issues.length, name).toBeGreaterThan(0)
        expect(JSON.stringify(issues).length, `${name}: what was sent is not repeated`).toBeLessThan(2_000)
      }
      sender.close()
    }
    const sender = await client(server.url, { person: opened.host.person })
    expect(await sender.ask(event), 'no payload').toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(await sender.ask(event, valid, valid), 'two payloads').toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(await whole()).toEqual(before)
    expect(server.pid()).toBe(pid)
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })

  test('without a way to answer is dropped', async () => {
    const before = await whole()
    const sender = await client(server.url, { person: opened.host.person })
    for (const payload of [[examples[event].valid], [null], [], [examples[event].valid, 'not a function']]) sender.socket.emit(event, ...payload)
    // Answered after the ones above were handled: one connection's messages are taken in order.
    await sender.request('session:leave', { sessionId: opened.sessionId })
    expect(await whole()).toEqual(before)
  })
})

describe('somebody without any right', () => {
  let stranger: TestClient
  beforeAll(async () => {
    stranger = await client(server.url)
  })

  test.each(EVENTS)('%s', async (event) => {
    const { valid, stranger: code } = examples[event]
    if (code === null) return
    const before = await whole()
    expect(await stranger.ask(event, valid)).toEqual({ ok: false, error: { code } })
    expect(ERROR_CODES).toContain(code)
    expect(await whole()).toEqual(before)
  })

  test('is not shown the desk or the stage, by any name', async () => {
    for (const as of ['desk', 'stage'] as const) {
      expect(await stranger.refused('session:join', { sessionId: opened.sessionId, as, since: null })).toEqual({ code: 'forbidden' })
    }
    expect(await stranger.refused('session:join', { sessionId: 'nosuchone', as: 'participant', since: null })).toEqual({ code: 'not_found' })
  })

  test('a guest or moderator of another session has no more right here', async () => {
    const other = await openSession(server)
    for (const role of ['host', 'moderator', 'guest'] as const) {
      const visitor = await other.join(role)
      for (const as of ['desk', 'stage'] as const) expect(await visitor.refused('session:join', { sessionId: opened.sessionId, as, since: null })).toEqual({ code: 'forbidden' })
      expect(await visitor.refused('session:phase', examples['session:phase'].valid)).toEqual({ code: 'forbidden' })
      expect(await visitor.refused('question:act', examples['question:act'].valid)).toEqual({ code: 'forbidden' })
    }
  })
})

describe('what is not a request', () => {
  test('an unknown event, a reserved one and a packet that is none leave the server serving', async () => {
    const before = await whole()
    const sender = await client(server.url)
    sender.socket.emit('no:such:event', { sessionId: opened.sessionId })
    sender.socket.emit('error', { message: 'x' })
    sender.socket.emit('__proto__', {}, () => undefined)
    await sender.request('session:leave', { sessionId: opened.sessionId })
    for (const packet of ['2["disconnect"]', '2{"a":1}', '2[', '9', '51-["x",{"_placeholder":true,"num":99}]', '2' + '['.repeat(200_000), `2["question:submit",${'{"a":'.repeat(20_000)}`]) {
      const crude = await client(server.url)
      crude.socket.io.engine.write(packet)
      crude.socket.io.engine.write('2["session:leave",null]')
    }
    const [person] = await Promise.all([createPerson(server.url), whole()])
    expect(person.personId).not.toBe('')
    expect(await whole()).toEqual(before)
  })

  test('a message above the limit of the line cuts that line, and only that', async () => {
    const before = await whole()
    const sender = await client(server.url)
    await expect(sender.ask('question:submit', { ...questionInput(opened.sessionId), text: 'x'.repeat(3 * 1024 * 1024) })).rejects.toMatchObject({ refusal: { code: 'offline' } })
    expect(await whole()).toEqual(before)
  })
})
