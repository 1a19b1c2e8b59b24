import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createSigner } from '../../server/accounts/tokens.ts'
import type { Me, SignInLink } from '../../shared/accounts.ts'
import type { SessionJoined } from '../../shared/protocol/events.ts'
import type { Ack } from '../../shared/protocol/errors.ts'
import type { OwnQuestion } from '../../shared/questions.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { byFrame, frameIdentity, frameSocket } from '../support/frame.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

const SECRET = 'a secret for the frames'
const FORUM = { name: '青湾论坛', code: 'qingwan', origins: ['https://bbs.example', 'http://bbs.example:8080'], contact: '', members: 0 }

let server: TestServer
let opened: OpenedSession
beforeAll(async () => {
  server = await startServer({ env: { SECRET } })
  opened = await openSession(server)
  const admin = opened.host.person
  await admin.send('POST', '/api/admin/forums', { id: randomUUID(), ...FORUM })
  await admin.send('POST', '/api/admin/forums', { id: randomUUID(), ...FORUM, name: '另一个论坛', code: 'other', origins: ['https://other.example'] })
})

const statusOf = async (response: Response) => ({ status: response.status, code: ((await response.json()) as { error?: { code: string } }).error?.code ?? null, cookies: response.headers.getSetCookie() })
const UNKNOWN = { status: 401, code: 'unauthenticated', cookies: [] }
const meOf = async (response: Response) => ((await response.json()) as { data: Me }).data

describe('a frame’s identity', () => {
  test('is somebody without rights, and never answered with cookies', async () => {
    const { token, personId, setCookies } = await frameIdentity(server.url)
    expect(setCookies).toEqual([])
    const response = await byFrame(server.url, token, '/api/me')
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await meOf(response)).toMatchObject({ personId, signedIn: null, grants: [], verified: [] })
    expect((await frameIdentity(server.url)).personId).not.toBe(personId)
  })

  test('counts whatever cookies come with it, also those of the staff', async () => {
    const { token, personId } = await frameIdentity(server.url)
    const Cookie = opened.host.person.cookie
    const response = await byFrame(server.url, token, '/api/me', { headers: { Cookie } })
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await meOf(response)).toMatchObject({ personId, signedIn: null, grants: [] })
    expect(await statusOf(await byFrame(server.url, token, `/api/sessions/${opened.sessionId}/questions.json`, { headers: { Cookie } }))).toMatchObject({ status: 403 })
    const { socket } = await frameSocket(server.url, token, { Cookie })
    const answer = (await socket.emitWithAck('session:join', { sessionId: opened.sessionId, as: 'desk', since: null })) as Ack<SessionJoined>
    expect(answer.ok ? null : answer.error.code).toBe('forbidden')
  })

  test.each<[string, () => string]>([
    ['of another secret', () => createSigner('another secret').sign('embed', randomUUID())],
    ['of another purpose', () => createSigner(SECRET).sign('person', randomUUID())],
    ['of what is no person', () => createSigner(SECRET).sign('embed', 'somebody')],
    ['without a signature', () => randomUUID()],
    ['that is made up', () => `${randomUUID()}.${'x'.repeat(43)}`],
  ])('%s says nothing, and cookies do not take its place', async (_name, make) => {
    const token = make()
    const Cookie = opened.host.person.cookie
    expect(await statusOf(await byFrame(server.url, token, '/api/me'))).toEqual(UNKNOWN)
    expect(await statusOf(await byFrame(server.url, token, '/api/me', { headers: { Cookie } }))).toEqual(UNKNOWN)
    expect((await frameSocket(server.url, token, { Cookie })).refused).toBe('unauthenticated')
  })

  test('a header without a token says nothing either; one of another scheme is none of ours', async () => {
    const get = (Authorization: string) => fetch(`${server.url}/api/me`, { headers: { Authorization } })
    expect(await statusOf(await get('Embed'))).toEqual(UNKNOWN)
    expect((await get('Basic YTpi')).status).toBe(200)
    for (const embed of ['', 'x', 17, null, {}, 'x'.repeat(500)]) expect([embed, (await frameSocket(server.url, embed, { Cookie: opened.host.person.cookie })).refused]).toEqual([embed, 'protocol_mismatch'])
  })

  test('of somebody who ever had a right is worth nothing', async () => {
    const { token, personId } = await frameIdentity(server.url)
    const database = new DatabaseSync(join(server.dataDir, 'fangtan.sqlite'))
    database.prepare('insert into guarded_people (person_id, at) values (?, ?)').run(personId, new Date().toISOString())
    database.close()
    expect(await statusOf(await byFrame(server.url, token, '/api/me'))).toEqual(UNKNOWN)
    expect((await frameSocket(server.url, token)).refused).toBe('unauthenticated')
    // Nor does a cookie's person get a token's way in: what signs the one does not sign the other.
    const cookie = (await createPerson(server.url)).cookie.replace('fangtan=', '')
    expect(await statusOf(await byFrame(server.url, cookie, '/api/me'))).toEqual(UNKNOWN)
  })

  test('neither opens links, nor signs in, nor proves who somebody is, nor applies', async () => {
    const { token } = await frameIdentity(server.url)
    const links = await opened.host.person.get<SignInLink[]>(`/api/sessions/${opened.sessionId}/links`)
    const link = new URL(links.find(({ role }) => role === 'host')?.url ?? '').pathname.replace('/in/', '')
    const body = JSON.stringify({ token: link, move: true })
    for (const [method, path] of [
      ['POST', '/api/links/open'],
      ['POST', '/api/sign-in'],
      ['POST', '/api/sign-out'],
      ['POST', '/api/me/phone'],
      ['POST', '/api/me/phone/confirm'],
      ['GET', '/api/me/oidc/county'],
      ['GET', '/api/me/oidc/county/callback'],
      ['POST', '/api/me/erase'],
      ['POST', `/api/sessions/${opened.sessionId}/attendance/apply`],
      ['POST', '/api/sessions'],
      ['PUT', '/api/push'],
      ['DELETE', '/api/push'],
    ] as const) {
      const response = await byFrame(server.url, token, path, { method, ...(method === 'GET' ? {} : { body }) })
      expect([path, await statusOf(response)]).toEqual([path, { status: 403, code: 'forbidden', cookies: [] }])
    }
    expect(await meOf(await byFrame(server.url, token, '/api/me'))).toMatchObject({ grants: [], signedIn: null })
  })

  test('serves our own pages alone: another site’s page can neither get one nor use one', async () => {
    const elsewhere = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    const response = await fetch(`${server.url}/api/embed/identity`, { method: 'POST', headers: elsewhere })
    expect(response.status).toBe(403)
    const { token } = await frameIdentity(server.url, { Origin: server.url, 'Sec-Fetch-Site': 'same-origin' })
    const consent = (headers: Record<string, string>) => byFrame(server.url, token, '/api/me/consent', { method: 'PUT', body: '{}', headers })
    expect((await consent(elsewhere)).status).toBe(403)
    // From the frame itself it gets as far as its input is looked at.
    expect((await consent({ Origin: server.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(400)
    expect((await frameSocket(server.url, token, { Origin: 'https://evil.example' })).refused).not.toBeNull()
    // No page elsewhere may send the header at all.
    const preflight = await fetch(`${server.url}/api/me`, { method: 'OPTIONS', headers: { ...elsewhere, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' } })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('asks with the forum’s name, and finds its questions again', async () => {
    const { token } = await frameIdentity(server.url)
    const { socket } = await frameSocket(server.url, token)
    const ask = async (forum: string | null) => (await socket.emitWithAck('question:submit', { ...questionInput(opened.sessionId), forum })) as Ack<{ question: OwnQuestion }>
    const asked = await ask('qingwan')
    expect(asked).toMatchObject({ ok: true, data: { question: { forum: { name: '青湾论坛' } } } })
    expect(await ask('nobody')).toMatchObject({ ok: true, data: { question: { forum: null } } })
    socket.close()
    const again = await frameSocket(server.url, token)
    const joined = (await again.socket.emitWithAck('session:join', { sessionId: opened.sessionId, as: 'participant', since: null })) as Ack<SessionJoined>
    expect(joined.ok && joined.data.snapshot?.own.map(({ forum }) => forum?.name ?? null)).toEqual(['青湾论坛', null])
    if (!asked.ok) return
    const fate = await opened.host.person.get<{ question: OwnQuestion }>(`/api/questions/${asked.data.question.receipt}`)
    expect(fate.question.forum?.name).toBe('青湾论坛')
    const csv = await (await opened.host.person.fetch(`/api/sessions/${opened.sessionId}/questions.csv?lang=zh-CN`)).text()
    expect(csv).toContain('来自论坛')
    expect(csv).toContain('青湾论坛')
  })
})

describe('who may put a page into a frame', () => {
  const ancestors = async (path: string) => {
    const { headers } = await fetch(`${server.url}${path}`)
    return [/frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1], headers.get('x-frame-options')]
  }

  test('registered forums the frame’s page, and nobody any other', async () => {
    const all = "'self' https://other.example https://bbs.example http://bbs.example:8080".split(' ').toSorted()
    const [listed, option] = await ancestors('/embed/abcdef')
    expect([listed?.split(' ').toSorted(), option]).toEqual([all, null])
    expect(await ancestors('/embed/abcdef?forum=qingwan')).toEqual(["'self' https://bbs.example http://bbs.example:8080", null])
    expect((await ancestors('/embed/abcdef?forum=nobody'))[0]?.split(' ').toSorted()).toEqual(all)
    expect((await ancestors('/embed/abcdef?forum=a&forum=b'))[0]?.split(' ').toSorted()).toEqual(all)
    for (const path of ['/', '/s/abcdef', '/s/abcdef/desk', '/embedded', '/embed.js', '/api/site', '/admin', '/x/embed/abcdef']) expect([path, ...(await ancestors(path))]).toEqual([path, "'self'", 'SAMEORIGIN'])
  })

  test('within moments of a change; an archived forum shows nothing', async () => {
    const admin = opened.host.person
    const forum = { id: randomUUID(), ...FORUM, name: '新论坛', code: 'fresh', origins: ['https://fresh.example'] }
    await admin.send('POST', '/api/admin/forums', forum)
    await expect.poll(() => ancestors('/embed/abcdef?forum=fresh'), { timeout: 6_000, interval: 300 }).toEqual(["'self' https://fresh.example", null])
    const { id, ...edit } = forum
    await admin.send('PUT', `/api/admin/forums/${id}`, { ...edit, expectedVersion: 1, archived: true })
    await expect.poll(() => ancestors('/embed/abcdef?forum=fresh'), { timeout: 6_000, interval: 300 }).toEqual(["'self'", null])
  }, 20_000)
})
