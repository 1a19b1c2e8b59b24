import { randomBytes, randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Me, SignInLink } from '../../shared/accounts.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import type { CreateSession, SessionView } from '../../shared/sessions.ts'
import { client } from '../support/client.ts'
import { newSessionId, openSession, questionInput, sessionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { downloadLedger } from '../support/ledger.ts'
import { malformedOf } from '../support/malformed.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

let server: TestServer
let opened: OpenedSession
let host: Person
let stranger: Person
beforeAll(async () => {
  server = await startServer()
  opened = await openSession(server)
  host = opened.host.person
  stranger = await createPerson(server.url)
})

const TOPIC = { id: randomUUID(), name: '住房' }
const JSON_BODY = { 'Content-Type': 'application/json' }

async function refusalOf(response: Response) {
  return { status: response.status, answer: (await response.json()) as unknown }
}
const refused = (status: number, code: ErrorCode) => ({ status, answer: { ok: false, error: expect.objectContaining({ code }) as unknown } })

/** Everything that a refused request must leave as it was: the schedule, the session, its ledger. */
async function whole() {
  return { schedule: await host.get('/api/sessions'), session: await host.get(`/api/sessions/${opened.sessionId}`), links: await host.get(`/api/sessions/${opened.sessionId}/links`), ledger: await downloadLedger(server.url, opened.sessionId) }
}

const createInput = () => sessionInput()
function editInput(): Omit<CreateSession, 'id'> & { expectedVersion: number } {
  const { id: _id, ...edit } = createInput()
  return { ...edit, expectedVersion: opened.session.version }
}

describe.each([
  { name: 'POST /api/sessions', method: 'POST', path: () => '/api/sessions', valid: createInput },
  { name: 'PUT /api/sessions/:id', method: 'PUT', path: () => `/api/sessions/${opened.sessionId}`, valid: editInput },
])('$name', ({ method, path, valid }) => {
  test('refuses what does not fit, says where, and changes nothing', async () => {
    const before = await whole()
    const accepted = ['title=NaN', 'topic=NaN', 'introduction=NaN', 'guests=[]']
    for (const { name, payload } of malformedOf(valid(), accepted)) {
      const { status, answer } = await refusalOf(await host.fetch(path(), { method, headers: JSON_BODY, body: JSON.stringify(payload) }))
      const oversized = name.includes('megabyte')
      expect({ status, answer }, name).toEqual(oversized ? refused(413, 'too_large') : refused(400, 'invalid_input'))
      expect(JSON.stringify(answer).length, `${name}: what was sent is not repeated`).toBeLessThan(2_000)
    }
    expect(await whole()).toEqual(before)
  })

  test('refuses guests and settings that do not fit', async () => {
    const before = await whole()
    const [one] = valid().guests
    const { settings } = valid()
    const wrong: object[] = [
      { guests: [one, one] },
      { guests: [{ ...one, id: 'x' }] },
      { guests: [{ ...one, admin: true }] },
      { guests: Array.from({ length: 13 }, () => ({ ...one, id: randomUUID() })) },
      { guests: [{ ...one, name: '' }] },
      { guests: [{ ...one, name: '\u200B\u202E' }] },
      { settings: { ...settings, chatSlowSeconds: 601 } },
      { settings: { ...settings, chatSlowSeconds: -1 } },
      { settings: { ...settings, reviewFirst: 'yes' } },
      { settings: { ...settings, topics: [TOPIC, TOPIC] } },
      { settings: { ...settings, topics: [{ ...TOPIC, name: '' }] } },
      { settings: { ...settings, topics: [{ ...TOPIC, name: '一二三四五六七八九十一二三四五六七' }] } },
      { settings: { ...settings, topics: Array.from({ length: 13 }, () => ({ ...TOPIC, id: randomUUID() })) } },
      { settings: { ...settings, rule: { top: 51, perTopic: 0, correctEarly: false } } },
      { settings: { ...settings, rule: { top: 5 } } },
      { settings: { ...settings, lateMinutes: 10_081 } },
      { settings: { ...settings, answerSeconds: -1 } },
      { startsAt: '2026-02-30T00:00:00.000Z' },
      { startsAt: '2026-11-22' },
      { title: ' ' },
      { title: '长'.repeat(81) },
      { plannedMinutes: 0 },
    ]
    for (const over of wrong) {
      const response = await host.fetch(path(), { method, headers: JSON_BODY, body: JSON.stringify({ ...valid(), ...over }) })
      expect(await refusalOf(response), JSON.stringify(over).slice(0, 80)).toEqual(refused(400, 'invalid_input'))
    }
    expect(await whole()).toEqual(before)
  })

  test('refuses bodies that are none', async () => {
    const before = await whole()
    const good = JSON.stringify(valid())
    const wrong: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> }[] = [
      {},
      { body: good },
      { body: good, headers: { 'Content-Type': 'text/plain' } },
      { body: good, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      { body: good, headers: { 'Content-Type': 'application/json; charset=latin1' } },
      { body: good, headers: { ...JSON_BODY, 'Content-Encoding': 'gzip' } },
      { body: good, headers: { ...JSON_BODY, 'Content-Encoding': 'smoke' } },
      { body: '', headers: JSON_BODY },
      { body: good.slice(0, -5), headers: JSON_BODY },
      { body: 'null', headers: JSON_BODY },
      { body: '"text"', headers: JSON_BODY },
      { body: '['.repeat(60_000), headers: JSON_BODY },
      { body: '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000), headers: JSON_BODY },
      { body: new Uint8Array(randomBytes(500)), headers: JSON_BODY },
    ]
    for (const init of wrong) {
      const response = await host.fetch(path(), { method, ...init })
      expect(await refusalOf(response), `${JSON.stringify(init.headers)} ${String(init.body).slice(0, 20)}`).toEqual(refused(400, 'invalid_input'))
    }
    expect(await whole()).toEqual(before)
  })

  test('refuses who may not, and every other site', async () => {
    const body = JSON.stringify(valid())
    const guest = await opened.join('guest')
    const moderator = await opened.join('moderator')
    const before = await whole()
    for (const person of [stranger, guest.person, moderator.person]) {
      expect(await refusalOf(await person.fetch(path(), { method, headers: JSON_BODY, body }))).toEqual(refused(403, 'forbidden'))
    }
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`]) {
      expect(await refusalOf(await host.fetch(path(), { method, headers: { ...JSON_BODY, Origin: origin }, body })), origin).toEqual(refused(403, 'forbidden'))
    }
    expect(await whole()).toEqual(before)
  })
})

describe('PUT /api/sessions/:id', () => {
  test('is stale when somebody else was first, and shows what is now true', async () => {
    const own = await openSession(server, 'announced')
    const edit = { ...editInput(), expectedVersion: own.session.version }
    const edited = await own.host.person.send<SessionView>('PUT', `/api/sessions/${own.sessionId}`, { ...edit, title: '新的标题' })
    expect(edited).toMatchObject({ title: '新的标题', version: own.session.version + 1 })
    await expect(own.host.person.send('PUT', `/api/sessions/${own.sessionId}`, edit)).rejects.toMatchObject({ refusal: { code: 'stale', current: { title: '新的标题' } } })
    await expect(own.host.person.send('PUT', `/api/sessions/${newSessionId()}`, edit)).rejects.toMatchObject({ refusal: { code: 'not_found' } })
  })

  test('gives new guests a link, and takes it and the stage from those no longer invited', async () => {
    const own = await openSession(server)
    const link = (await own.host.person.get<SignInLink[]>(`/api/sessions/${own.sessionId}/links`)).find(({ role }) => role === 'guest')!
    const guest = await own.join('guest')
    await own.host.request('stage:admit', { sessionId: own.sessionId, seatId: own.session.guests[0]!.id, onAir: true })
    await own.host.person.send('PUT', `/api/sessions/${own.sessionId}`, { ...editInput(), expectedVersion: own.session.version })
    const { snapshot } = await own.host.request('session:join', { sessionId: own.sessionId, as: 'desk', since: null })
    expect(snapshot?.stage.onAir).toEqual([])
    expect((await guest.person.get<Me>('/api/me')).grants).toEqual([])
    await expect(createPerson(server.url, { link: link.url })).rejects.toMatchObject({ refusal: { code: 'link_invalid' } })
  })
})

describe('addresses', () => {
  const ID = '/api/sessions/:id'
  test.each([ID, `${ID}/links`, `${ID}/ledger`, `${ID}/calendar.ics`])('GET %s', async (pattern) => {
    for (const id of ['x', 'UPPERCASE1', 'a'.repeat(21), 'a'.repeat(5_000), '%00%00%00%00%00%00', '..%2f..%2fetc', "'or'1'='1", '__proto__', '%F0%9F%98%80%F0%9F%98%80']) {
      const response = await host.fetch(pattern.replace(':id', id))
      expect(await refusalOf(response), id.slice(0, 30)).toEqual(refused(400, 'invalid_input'))
    }
    expect(await refusalOf(await host.fetch(pattern.replace(':id', '%E0%A4%A')))).toEqual(refused(400, 'invalid_input'))
    const unknown = await refusalOf(await host.fetch(pattern.replace(':id', newSessionId())))
    // The installation's host holds every session: of one without any links, the list is empty.
    if (pattern.endsWith('links')) expect(unknown).toEqual({ status: 200, answer: { ok: true, data: [] } })
    else expect(unknown).toEqual(refused(404, 'not_found'))
  })

  test('links are for hosts', async () => {
    expect(await refusalOf(await stranger.fetch(`/api/sessions/${opened.sessionId}/links`))).toEqual(refused(403, 'forbidden'))
    const moderator = await opened.join('moderator')
    expect(await refusalOf(await moderator.person.fetch(`/api/sessions/${opened.sessionId}/links`))).toEqual(refused(403, 'forbidden'))
  })

  test('GET /api/questions/:receipt', async () => {
    for (const receipt of ['x', 'AAAA-AAAA-AAAU', 'aaaa-aaaa-aaaa', 'A'.repeat(4_000)]) {
      expect(await refusalOf(await stranger.fetch(`/api/questions/${receipt}`)), receipt.slice(0, 20)).toEqual(refused(400, 'invalid_input'))
    }
    expect(await refusalOf(await stranger.fetch('/api/questions/0000-0000-0000'))).toEqual(refused(404, 'not_found'))
    const resident = await client(server.url)
    const { question } = await resident.request('question:submit', questionInput(opened.sessionId))
    const fate = await (await stranger.fetch(`/api/questions/${question.receipt}`)).text()
    expect(JSON.parse(fate)).toMatchObject({ ok: true, data: { question: { id: question.id, state: 'pending' }, steps: [{ action: 'submit', to: 'pending' }] } })
    expect(fate).not.toContain(resident.person.personId)
  })

  test('GET /api/pictures/:id', async () => {
    expect(await refusalOf(await stranger.fetch('/api/pictures/x'))).toEqual(refused(400, 'invalid_input'))
    expect(await refusalOf(await stranger.fetch(`/api/pictures/${randomUUID()}`))).toEqual(refused(404, 'not_found'))
  })

  test.each(['GET /api', 'GET /api/nothing', 'GET /api/sessions/a/b/c', 'DELETE /api/sessions', 'PATCH /api/me', 'POST /api/__proto__'])('%s is not there', async (what) => {
    const [method = '', path = ''] = what.split(' ')
    expect(await refusalOf(await host.fetch(path, { method }))).toEqual(refused(404, 'not_found'))
  })

  test('a request that is no HTTP, or breaks off, leaves the server serving', async () => {
    const before = await whole()
    await new Promise<void>((resolve) => {
      const broken = httpRequest(`${server.url}/api/sessions`, { method: 'POST', headers: { ...JSON_BODY, 'Content-Length': '5000', Cookie: host.cookie } })
      broken.on('error', () => resolve())
      broken.write('{"id":', () => broken.destroy(new Error('gone')))
    })
    expect(await whole()).toEqual(before)
  })
})

describe('POST /api/pictures', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
  const send = (person: Person, body: Uint8Array, type: string, headers: Record<string, string> = {}) =>
    person.fetch('/api/pictures', { method: 'POST', headers: { 'Content-Type': type, ...headers }, body: new Uint8Array(body) })

  test('keeps a picture, re-encoded', async () => {
    const { data } = (await (await send(host, png, 'image/png')).json()) as { data: { id: string } }
    const found = await stranger.fetch(`/api/pictures/${data.id}`)
    expect(found.headers.get('content-type')).toBe('image/webp')
    expect(Buffer.from(await found.arrayBuffer()).subarray(8, 12).toString()).toBe('WEBP')
  })

  test('refuses what is none, too much of it, and who may not', async () => {
    expect(await refusalOf(await send(host, Buffer.from('<svg onload="alert(1)"/>'), 'image/png'))).toEqual(refused(400, 'invalid_input'))
    expect(await refusalOf(await send(host, randomBytes(1_000), 'image/jpeg'))).toEqual(refused(400, 'invalid_input'))
    expect(await refusalOf(await send(host, png.subarray(0, 40), 'image/png'))).toEqual(refused(400, 'invalid_input'))
    expect(await refusalOf(await send(host, Buffer.alloc(0), 'image/png'))).toEqual(refused(400, 'invalid_input'))
    for (const type of ['image/svg+xml', 'text/html', 'application/json']) expect(await refusalOf(await send(host, png, type)), type).toEqual(refused(400, 'invalid_input'))
    expect(await refusalOf(await send(host, Buffer.alloc(5 * 1024 * 1024), 'image/png'))).toEqual(refused(413, 'too_large'))
    expect(await refusalOf(await send(stranger, png, 'image/png'))).toEqual(refused(403, 'forbidden'))
    expect(await refusalOf(await send(host, png, 'image/png', { Origin: 'https://evil.example' }))).toEqual(refused(403, 'forbidden'))
  })
})

describe('sign-in links', () => {
  const token = (link: string) => new URL(link).pathname.replace('/in/', '')

  test('that are forged give nothing', async () => {
    const good = token(server.links.host)
    const dot = good.lastIndexOf('.')
    const [claim, signature] = [good.slice(0, dot), good.slice(dot + 1)]
    const person = await createPerson(server.url)
    const identity = person.cookie.replace('fangtan=', '')
    const open = async (sent: unknown) => refusalOf(await person.fetch('/api/links/open', { method: 'POST', headers: JSON_BODY, body: JSON.stringify({ token: sent, move: true }) }))
    for (const forged of [`${good}x`, `${claim}.${signature.slice(0, -2)}AA`, `${claim.slice(0, -1)}2.${signature}`, `${randomUUID()}.1.${signature}`, claim, `${claim}.`, `.${signature}`, identity, 'x'.repeat(30)]) {
      expect(await open(forged), forged).toEqual(refused(403, 'link_invalid'))
    }
    for (const none of ['', 'x'.repeat(3_000), null, 1, [good], { $ne: '' }]) expect(await open(none)).toEqual(refused(400, 'invalid_input'))
    expect((await person.get<Me>('/api/me')).grants).toEqual([])
  })

  test('lead to the page of their role, and give just that', async () => {
    const links = await host.get<SignInLink[]>(`/api/sessions/${opened.sessionId}/links`)
    const pages = { host: 'desk', moderator: 'desk', guest: 'stage' } as const
    for (const role of ['host', 'moderator', 'guest'] as const) {
      const person = await createPerson(server.url)
      expect(await person.signIn(links.find((link) => link.role === role)!.url)).toBe(`/s/${opened.sessionId}/${pages[role]}`)
      expect((await person.get<Me>('/api/me')).grants).toMatchObject([{ role, sessionId: opened.sessionId }])
    }
  })

  test('an identity that somebody made up is replaced by a new one', async () => {
    const response = await fetch(`${server.url}/api/me`, { headers: { Cookie: `fangtan=${host.personId}.AAAA` } })
    const { data } = (await response.json()) as { data: Me }
    expect(response.headers.get('set-cookie')).toMatch(/^fangtan=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
    expect(data.personId).not.toBe(host.personId)
    expect(data.grants).toEqual([])
  })
})

describe('every answer', () => {
  test('carries the security headers, and no store keeps what is personal', async () => {
    const { headers } = await stranger.fetch('/api/me')
    expect(headers.get('content-security-policy')).toContain("default-src 'self';script-src 'self';")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('says when to come back to an address that asks too often', async () => {
    const hurried = await createPerson(server.url, { address: '203.0.113.7' })
    const answers = await Promise.all(Array.from({ length: 1_200 }, () => hurried.fetch('/api/me').then(async (response) => (await response.arrayBuffer(), response))))
    const last = answers.findLast((response) => response.status === 429)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await createPerson(server.url, { address: '203.0.113.8' })).personId).toBeTruthy()
  })

  test('of readiness and figures is there for whoever runs it', async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ alive: true })
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ ready: true, database: true, redis: true, media: true })
    expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(/^fangtan_commits_total [1-9]/m)
  })

  test('was no surprise to the server', () => expect(server.output()).not.toMatch(/"level":50|request failed/))
})
