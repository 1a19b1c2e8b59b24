import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { io } from 'socket.io-client'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { onCleanup } from '../support/cleanup.ts'
import { client } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { downloadLedger } from '../support/ledger.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

const ledgerOf = async (sessionId: string) => (await downloadLedger(server.url, sessionId)).entries

describe('the handshake', () => {
  /** How a connection with these headers and this greeting is received: `connected`, or why not. */
  function knock(headers: Record<string, string>, auth: unknown = { protocol: PROTOCOL_VERSION }): Promise<string> {
    const socket = io(server.url, { auth: auth as Record<string, unknown>, transports: ['websocket'], extraHeaders: headers, reconnection: false, forceNew: true })
    onCleanup(() => void socket.close())
    return new Promise((resolve) => {
      socket.on('connect', () => resolve('connected'))
      socket.on('connect_error', (error) => resolve('data' in error ? (error.data as { code: string }).code : error.message))
    })
  }

  test('is open to our own pages and to programs, closed to other sites', async () => {
    const { cookie } = await createPerson(server.url)
    expect(await knock({ Cookie: cookie })).toBe('connected')
    expect(await knock({ Cookie: cookie, Origin: server.url })).toBe('connected')
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`, 'http://localhost:1', server.url.replace('http:', 'ftp:')]) {
      expect(await knock({ Cookie: cookie, Origin: origin }), origin).toBe('websocket error')
    }
  })

  test('needs an identity that this server signed', async () => {
    const [mine, other] = [await createPerson(server.url), await createPerson(server.url)]
    const signature = (cookie: string) => cookie.slice(cookie.lastIndexOf('.') + 1)
    const forged = ['', 'fangtan=', 'fangtan=x', `fangtan=${other.personId}`, `fangtan=${other.personId}.`, `fangtan=${other.personId}.${signature(mine.cookie)}`, `${mine.cookie}x`, mine.cookie.replace('fangtan=', 'identity=')]
    for (const cookie of forged) expect(await knock({ Cookie: cookie }), cookie).toBe('unauthenticated')
    // A link's signature is by the same secret, and still no identity.
    const link = new URL(server.links.host).pathname.replace('/in/', '')
    expect(await knock({ Cookie: `fangtan=${link}` })).toBe('unauthenticated')
  })

  test('needs a page of this server’s protocol', async () => {
    const { cookie } = await createPerson(server.url)
    for (const auth of [{}, { protocol: PROTOCOL_VERSION + 1 }, { protocol: String(PROTOCOL_VERSION) }, { protocol: null }, { protocol: PROTOCOL_VERSION, personId: 'me' }]) {
      expect(await knock({ Cookie: cookie }, auth), JSON.stringify(auth)).toBe('protocol_mismatch')
    }
  })
})

describe('who sends too much', () => {
  test('waits with questions, and a retry does not count', async () => {
    const { sessionId } = await openSession(server)
    const resident = await client(server.url)
    const sent = Array.from({ length: 6 }, () => questionInput(sessionId))
    for (const question of sent) await resident.request('question:submit', question)
    const refusal = await resident.refused('question:submit', questionInput(sessionId))
    expect(refusal.code).toBe('rate_limited')
    expect(refusal.retryAfterMs).toBeGreaterThan(0)
    expect(refusal.retryAfterMs).toBeLessThanOrEqual(60_000)
    for (const question of sent) expect((await resident.request('question:submit', question)).question.id).toBe(question.id)
    const neighbour = await client(server.url)
    expect((await neighbour.request('question:submit', questionInput(sessionId))).question.number).toBe(7)
  })

  test('waits with chat; in slow mode after each message, but for those who keep order', async () => {
    const { sessionId, host } = await openSession(server)
    const resident = await client(server.url)
    const say = (who: typeof resident) => ({ by: who, message: { sessionId, id: randomUUID(), text: '好', name: null } })
    for (let count = 0; count < 10; count++) await resident.request('chat:send', say(resident).message)
    expect(await resident.refused('chat:send', say(resident).message)).toMatchObject({ code: 'rate_limited' })

    await host.request('chat:settings', { sessionId, chatEnabled: true, chatSlowSeconds: 30, reason: '' })
    const neighbour = await client(server.url)
    await neighbour.request('chat:send', say(neighbour).message)
    const slow = await neighbour.refused('chat:send', say(neighbour).message)
    expect(slow.code).toBe('slow_mode')
    expect(slow.retryAfterMs).toBeGreaterThan(25_000)
    expect(slow.retryAfterMs).toBeLessThanOrEqual(30_000)
    await host.request('chat:send', say(host).message)
    await host.request('chat:send', say(host).message)

    await host.request('chat:settings', { sessionId, chatEnabled: false, chatSlowSeconds: 0, reason: '' })
    expect(await neighbour.refused('chat:send', say(neighbour).message)).toMatchObject({ code: 'closed' })
  })

  test('is told so when a connection floods, and others are served', async () => {
    const { sessionId } = await openSession(server)
    const [flood, calm] = [await client(server.url), await client(server.url)]
    const answers = await Promise.all(Array.from({ length: 320 }, () => flood.ask('session:leave', { sessionId })))
    expect(answers.filter((answer) => (answer as { ok: boolean }).ok)).toHaveLength(300)
    expect(answers.at(-1)).toMatchObject({ ok: false, error: { code: 'rate_limited' } })
    expect(await calm.request('session:leave', { sessionId })).toBeNull()
  })
})

describe('a retry with the same id', () => {
  test('of a question, even many at once, makes one question, one ledger entry, and the same answer', async () => {
    const { sessionId, host } = await openSession(server)
    const resident = await client(server.url)
    const input = questionInput(sessionId)
    const answers = await Promise.all(Array.from({ length: 5 }, () => resident.request('question:submit', input)))
    expect(new Set(answers.map(({ question }) => JSON.stringify(question))).size).toBe(1)
    const { snapshot } = await host.request('session:join', { sessionId, as: 'desk', since: null })
    expect(snapshot?.desk).toHaveLength(1)
    expect((await ledgerOf(sessionId)).filter(({ action }) => action === 'submit')).toHaveLength(1)

    const thief = await client(server.url)
    expect(await thief.refused('question:submit', input)).toEqual({ code: 'forbidden' })
    const elsewhere = await openSession(server)
    expect(await resident.refused('question:submit', { ...input, sessionId: elsewhere.sessionId })).toEqual({ code: 'forbidden' })
  })

  test('of chat, votes, seats and sessions changes nothing more', async () => {
    const { sessionId, session, host } = await openSession(server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
    const resident = await client(server.url)
    const { question } = await resident.request('question:submit', questionInput(sessionId))
    const words = { sessionId, id: randomUUID(), text: '好', name: null }
    const said = await resident.request('chat:send', words)
    expect(await resident.request('chat:send', words)).toEqual(said)
    expect(await (await client(server.url)).refused('chat:send', words)).toEqual({ code: 'forbidden' })
    const vote = { sessionId, questionId: question.id, up: true }
    expect(await Promise.all([resident.request('question:vote', vote), resident.request('question:vote', vote)])).toEqual([{ votes: 1 }, { votes: 1 }])
    expect(await resident.request('question:vote', vote)).toEqual({ votes: 1 })
    const admit = { sessionId, seatId: session.guests[0]!.id, onAir: true }
    const admitted = await host.request('stage:admit', admit)
    expect(await host.request('stage:admit', admit)).toEqual(admitted)
    expect(await host.refused('stage:admit', { ...admit, seatId: randomUUID() })).toEqual({ code: 'not_found' })
    const deletion = { sessionId, messageId: words.id }
    await host.request('chat:delete', deletion)
    await host.request('chat:delete', deletion)
    const { snapshot } = await resident.request('session:join', { sessionId, as: 'participant', since: null })
    expect(snapshot).toMatchObject({ chat: [], votes: [question.id], stage: { onAir: [admit.seatId] } })

    const { id, kind, title, topic, introduction, startsAt, plannedMinutes, guests, settings } = session
    const create = { id, kind, title, topic, introduction, startsAt, plannedMinutes, guests, settings }
    expect(await host.person.send('POST', '/api/sessions', create)).toMatchObject({ id, phase: 'live' })
    expect((await ledgerOf(sessionId)).filter(({ action }) => action === 'create')).toHaveLength(1)
  })
})

describe('two hosts', () => {
  test('who act on the same question: the second is told what is now true', async () => {
    const { sessionId, host, join } = await openSession(server)
    const second = await join('host')
    const resident = await client(server.url)
    const { question } = await resident.request('question:submit', questionInput(sessionId))
    const target = { sessionId, questionId: question.id, expectedVersion: question.version }
    await host.request('question:act', { ...target, action: 'decline', code: 'other', reason: '重复' })
    const refusal = await second.refused('question:act', { ...target, action: 'approve' })
    expect(refusal).toMatchObject({ code: 'stale', current: { id: question.id, state: 'declined', reason: '重复', version: 2 } })
    expect((await ledgerOf(sessionId)).at(-1)).toMatchObject({ action: 'decline' })
  })

  test('who act at the very same time: exactly one succeeds', async () => {
    const { sessionId, host, join } = await openSession(server)
    const second = await join('host')
    const resident = await client(server.url)
    const { question } = await resident.request('question:submit', questionInput(sessionId))
    const target = { sessionId, questionId: question.id, expectedVersion: question.version }
    const answers = await Promise.all([host.ask('question:act', { ...target, action: 'approve' }), second.ask('question:act', { ...target, action: 'decline', code: 'other', reason: '重复' })])
    expect(answers.map((answer) => (answer as { ok: boolean }).ok).sort()).toEqual([false, true])
    expect(answers.find((answer) => !(answer as { ok: boolean }).ok)).toMatchObject({ error: { code: 'stale', current: { version: 2 } } })
  })

  test('who move the session: the second is told where it stands', async () => {
    const { sessionId, session, host, join } = await openSession(server)
    const second = await join('host')
    await host.request('session:phase', { sessionId, action: 'pause', expectedVersion: session.version })
    expect(await second.refused('session:phase', { sessionId, action: 'end', expectedVersion: session.version })).toMatchObject({ code: 'stale', current: { phase: 'paused' } })
  })
})

describe('what others are told', () => {
  test('never holds who somebody is, their receipt, or what was not approved', async () => {
    const { sessionId, host } = await openSession(server)
    const resident = await client(server.url)
    const stranger = await client(server.url)
    await stranger.request('session:join', { sessionId, as: 'participant', since: null })
    await host.request('session:join', { sessionId, as: 'desk', since: null })
    const { question } = await resident.request('question:submit', { ...questionInput(sessionId, '原来的说法'), name: '张三' })
    const target = { sessionId, questionId: question.id }
    await host.request('question:act', { ...target, action: 'edit', text: '改正的说法', expectedVersion: 1 })
    await resident.request('question:vote', { ...target, up: true }).catch(() => undefined)
    await host.request('question:act', { ...target, action: 'approve', expectedVersion: 2 })
    await resident.request('question:vote', { ...target, up: true })
    await stranger.next('session:events', ({ events }) => events.some((event) => event.type === 'votes'))
    const fresh = await stranger.request('session:join', { sessionId, as: 'participant', since: null })
    const told = JSON.stringify([stranger.received('session:events'), fresh, await ledgerOf(sessionId)])
    expect(told).toContain('改正的说法')
    for (const secret of [resident.person.personId, host.person.personId, question.receipt, '原来的说法', 'salt']) expect(told).not.toContain(secret)
    // The desk tells one asker's questions apart, and knows no more of who it is.
    const desk = JSON.stringify([host.received('session:events'), await host.request('session:join', { sessionId, as: 'desk', since: null })])
    expect(desk).toContain('原来的说法')
    for (const secret of [resident.person.personId, question.receipt]) expect(desk).not.toContain(secret)
  })

  test('of their own is told on all their devices, and to nobody else', async () => {
    const { sessionId } = await openSession(server)
    const phone = await client(server.url)
    const tablet = await client(server.url, { person: phone.person })
    const stranger = await client(server.url)
    for (const device of [phone, tablet, stranger]) await device.request('session:join', { sessionId, as: 'participant', since: null })
    const { question } = await phone.request('question:submit', questionInput(sessionId))
    const mine = await tablet.next('session:events', ({ events }) => events.some((event) => event.type === 'own_question'))
    expect(mine.events).toEqual([{ type: 'own_question', question }])
    expect(mine.from).toBe(mine.to)
    await stranger.next('session:events', ({ to }) => to > mine.to)
    expect(stranger.received('session:events').flatMap(({ events }) => events)).toEqual([])
  })
})
