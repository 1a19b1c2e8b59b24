import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { pino } from 'pino'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { OPERATIONS } from '../../server/api/operations.ts'
import type { Operation } from '../../server/api/operation.ts'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { Ack } from '../../shared/protocol/errors.ts'
import { onCleanup } from '../support/cleanup.ts'
import { client } from '../support/client.ts'
import { exampleOf } from '../support/example.ts'
import { openSession, questionInput, sessionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { temporaryDirectory } from '../support/program.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

type Layer = { route?: { path: unknown; methods: Record<string, boolean> }; handle?: { stack?: Layer[] } }

/** `get /api/me`, for every route below a stack of routers. */
function routesOf(stack: readonly Layer[]): string[] {
  return stack.flatMap(({ route, handle }) => {
    const own = route && typeof route.path === 'string' ? Object.keys(route.methods).map((method) => `${method} ${String(route.path)}`) : []
    return [...own, ...routesOf(handle?.stack ?? [])]
  })
}

const isApplication = (listener: unknown): listener is RequestListener & { router: { stack: Layer[] } } => typeof listener === 'function' && 'router' in listener

test('every route is described, and everything described is a route', async () => {
  const config = readConfig({ DATA_DIR: await temporaryDirectory('api'), MEDIA_WORKERS: '0', SECRET: 'a secret for the tests', NODE_ENV: 'test' })
  const app = await createApp(config, pino({ level: 'silent' }))
  onCleanup(() => app.close())
  const application = app.http.listeners('request').find(isApplication)
  const routes = routesOf(application?.router.stack ?? []).filter((route) => / \/(api|in)\//.test(route))
  expect(routes.toSorted()).toEqual(OPERATIONS.map(({ method, path }) => `${method} ${path}`).toSorted())
})

let server: TestServer
let opened: OpenedSession
let host: Person
let stranger: Person
let receipt: string

beforeAll(async () => {
  server = await startServer()
  const topic = { id: randomUUID(), name: '出行' }
  opened = await openSession(server, 'live', { settings: { ...sessionInput().settings, topics: [topic], rule: { top: 2, perTopic: 1, correctEarly: true } } })
  host = opened.host.person
  stranger = await createPerson(server.url)
  const resident = await client(server.url)
  const { sessionId } = opened
  const ask = async (text: string) => (await resident.request('question:submit', { ...questionInput(sessionId, text), topicId: topic.id })).question
  const [first, second, third] = [await ask('什么时候通车？'), await ask('何时通车？'), await ask('邻居家的事')]
  const act = { sessionId, expectedVersion: 1 }
  await opened.host.request('question:act', { ...act, questionId: first.id, action: 'approve' })
  await opened.host.request('question:act', { ...act, questionId: second.id, action: 'merge', intoId: first.id })
  await opened.host.request('question:act', { ...act, questionId: third.id, action: 'decline', code: 'privacy', reason: '请联系我们' })
  await opened.host.request('question:note', { sessionId, questionId: third.id, id: randomUUID(), text: '已电话联系' })
  const board = await opened.host.request('session:join', { sessionId, as: 'desk', since: null })
  const version = board.snapshot?.desk?.find(({ id }) => id === first.id)?.version ?? 0
  await opened.host.request('question:act', { sessionId, questionId: first.id, expectedVersion: version, action: 'reply', text: '年底。', guestId: null })
  receipt = second.receipt
})

const operation = (name: string): Operation => {
  const found = OPERATIONS.find(({ method, path }) => `${method} ${path}` === name)
  if (!found) throw new Error(`${name} is not described`)
  return found
}

/** Where the answer of `name` differs from its description. */
async function mistakes(name: string, response: Response): Promise<unknown> {
  const { answer } = operation(name)
  if (answer.kind === 'redirect') return response.status === 303 ? [] : response.status
  if (response.status !== 200) return { status: response.status, body: await response.text() }
  if (answer.kind === 'file') {
    const type = response.headers.get('content-type') ?? ''
    if (answer.type !== '*/*' && !type.startsWith(answer.type)) return type
    return answer.schema ? (answer.schema.safeParse(await response.json()).error?.issues ?? []) : []
  }
  const body = (await response.json()) as Ack<unknown>
  return body.ok ? (answer.schema.safeParse(body.data).error?.issues ?? []) : body.error
}

const JSON_BODY = { 'Content-Type': 'application/json' }

describe('real answers are as described', () => {
  test.each<[string, () => string]>([
    ['get /api/me', () => '/api/me'],
    ['get /api/sessions/:id/team', () => `/api/sessions/${opened.sessionId}/team`],
    ['get /api/staff', () => '/api/staff'],
    ['get /api/sessions/:id/links', () => `/api/sessions/${opened.sessionId}/links`],
    ['get /api/sessions', () => '/api/sessions'],
    ['get /api/sessions/:id', () => `/api/sessions/${opened.sessionId}`],
    ['get /api/sessions/:id/calendar.ics', () => `/api/sessions/${opened.sessionId}/calendar.ics`],
    ['get /api/questions/:receipt', () => `/api/questions/${receipt}`],
    ['get /api/sessions/:id/outcomes', () => `/api/sessions/${opened.sessionId}/outcomes`],
    ['get /api/sessions/:id/rule', () => `/api/sessions/${opened.sessionId}/rule`],
    ['get /api/sessions/:id/ledger', () => `/api/sessions/${opened.sessionId}/ledger`],
    ['get /api/sessions/:id/ledger/check', () => `/api/sessions/${opened.sessionId}/ledger/check`],
    ['get /api/sessions/:id/outcomes.csv', () => `/api/sessions/${opened.sessionId}/outcomes.csv`],
    ['get /api/sessions/:id/questions.csv', () => `/api/sessions/${opened.sessionId}/questions.csv?lang=en`],
    ['get /api/sessions/:id/questions.json', () => `/api/sessions/${opened.sessionId}/questions.json`],
    ['get /api/push/key', () => '/api/push/key'],
    ['get /api/webhooks', () => '/api/webhooks'],
    ['get /api/openapi.json', () => '/api/openapi.json'],
    ['get /api/docs', () => '/api/docs'],
    ['get /api/docs/:file', () => '/api/docs/start.js'],
  ])('%s', async (name, path) => {
    expect(await mistakes(name, await host.fetch(path()))).toEqual([])
  })

  test('of what makes and changes', async () => {
    const send = (method: string, path: string, body?: unknown) => host.fetch(path, { method, ...(body === undefined ? {} : { headers: JSON_BODY, body: JSON.stringify(body) }) })
    const { id, ...input } = sessionInput()
    expect(await mistakes('post /api/sessions', await send('POST', '/api/sessions', { id, ...input }))).toEqual([])
    expect(await mistakes('put /api/sessions/:id', await send('PUT', `/api/sessions/${id}`, { ...input, expectedVersion: 1 }))).toEqual([])

    const links = `/api/sessions/${id}/links`
    const link = await send('POST', links, { id: randomUUID(), role: 'recorder', name: '' })
    const { data: all } = (await link.clone().json()) as { data: { id: string; url: string }[] }
    expect(await mistakes('post /api/sessions/:id/links', link)).toEqual([])
    expect(await mistakes('put /api/sessions/:id/links/:linkId', await send('PUT', `${links}/${all[0]?.id}`, { action: 'renew' }))).toEqual([])
    const token = new URL(all[1]?.url ?? '').pathname.replace('/in/', '')
    expect(await mistakes('post /api/links/open', await stranger.fetch('/api/links/open', { method: 'POST', headers: JSON_BODY, body: JSON.stringify({ token, move: false }) }))).toEqual([])
    expect(await mistakes('post /api/sign-out', await stranger.fetch('/api/sign-out', { method: 'POST' }))).toEqual([])

    const png = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#176c83' } }).png().toBuffer()
    const kept = await host.fetch('/api/pictures', { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: new Uint8Array(png) })
    const { data } = (await kept.clone().json()) as { data: { id: string } }
    expect(await mistakes('post /api/pictures', kept)).toEqual([])
    expect(await mistakes('get /api/pictures/:id', await host.fetch(`/api/pictures/${data.id}`))).toEqual([])

    const hook = { url: 'https://hooks.example/fangtan', events: ['question.answered'], active: false }
    const hookId = randomUUID()
    const at = `/api/webhooks/${hookId}`
    expect(await mistakes('post /api/webhooks', await send('POST', '/api/webhooks', { id: hookId, ...hook }))).toEqual([])
    expect(await mistakes('put /api/webhooks/:id', await send('PUT', at, { ...hook, events: ['poll.closed'] }))).toEqual([])
    expect(await mistakes('post /api/webhooks/:id/test', await send('POST', `${at}/test`))).toEqual([])
    expect(await mistakes('get /api/webhooks/:id/deliveries', await send('GET', `${at}/deliveries`))).toEqual([])
    expect(await mistakes('delete /api/webhooks/:id', await send('DELETE', at))).toEqual([])

    const endpoint = 'https://push.example/device'
    expect(await mistakes('put /api/push', await send('PUT', '/api/push', { endpoint, keys: { p256dh: 'a', auth: 'b' }, locale: 'zh-CN' }))).toEqual([])
    expect(await mistakes('delete /api/push', await send('DELETE', '/api/push', { endpoint }))).toEqual([])
  })

  test('of who comes to a symposium', async () => {
    const send = (who: Person, method: string, path: string, body?: unknown) => who.fetch(path, { method, ...(body === undefined ? {} : { headers: JSON_BODY, body: JSON.stringify(body) }) })
    const forum = { name: '山城论坛', code: 'mountain', origins: ['https://bbs.example'], contact: '', members: 9 }
    const [forumId, attendeeId] = [randomUUID(), randomUUID()]
    expect(await mistakes('post /api/admin/forums', await send(host, 'POST', '/api/admin/forums', { id: forumId, ...forum }))).toEqual([])
    expect(await mistakes('put /api/admin/forums/:id', await send(host, 'PUT', `/api/admin/forums/${forumId}`, { ...forum, archived: false, expectedVersion: 1 }))).toEqual([])
    expect(await mistakes('get /api/admin/forums', await host.fetch('/api/admin/forums'))).toEqual([])
    expect(await mistakes('get /api/forums', await stranger.fetch('/api/forums'))).toEqual([])

    const { sessionId } = await openSession(server, 'live', { kind: 'symposium' })
    const at = `/api/sessions/${sessionId}`
    const settings = { expectedVersion: 0, venue: '一楼', seats: 9, quotas: [{ forumId, seats: 3 }], applyUntil: '2099-01-01T00:00:00.000Z' }
    expect(await mistakes('put /api/sessions/:id/attendance', await send(host, 'PUT', `${at}/attendance`, settings))).toEqual([])
    expect(await mistakes('post /api/sessions/:id/attendance/hall-code', await send(host, 'POST', `${at}/attendance/hall-code`))).toEqual([])
    expect(await mistakes('get /api/sessions/:id/attendance/own', await stranger.fetch(`${at}/attendance/own`))).toEqual([])
    expect(await mistakes('post /api/sessions/:id/attendance/apply', await send(stranger, 'POST', `${at}/attendance/apply`, { id: randomUUID(), name: '赵女士', phone: null, note: '' }))).toEqual([])
    expect(await mistakes('post /api/sessions/:id/attendance/own', await send(stranger, 'POST', `${at}/attendance/own`, { coming: false }))).toEqual([])
    const attendee = { id: attendeeId, name: '王先生', forumId, phone: '13812345678' }
    expect(await mistakes('post /api/sessions/:id/attendees', await send(host, 'POST', `${at}/attendees`, { attendees: [attendee] }))).toEqual([])
    expect(await mistakes('put /api/sessions/:id/attendees/:attendeeId', await send(host, 'PUT', `${at}/attendees/${attendeeId}`, { action: 'accept', expectedVersion: 1 }))).toEqual([])
    expect(await mistakes('post /api/sessions/:id/attendees/seats', await send(host, 'POST', `${at}/attendees/seats`, { rows: 3, perRow: 3 }))).toEqual([])
    expect(await mistakes('post /api/sessions/:id/attendees/remind', await send(host, 'POST', `${at}/attendees/remind`, { attendeeIds: [] }))).toEqual([])
    const walkIn = { id: randomUUID(), attendeeId: randomUUID(), at: new Date().toISOString(), undo: false, walkIn: { name: '李先生', forumId: null } }
    expect(await mistakes('post /api/sessions/:id/check-ins', await send(host, 'POST', `${at}/check-ins`, { checkIns: [{ ...walkIn, id: randomUUID(), attendeeId, walkIn: null }, walkIn] }))).toEqual([])
    expect(await mistakes('get /api/sessions/:id/door', await host.fetch(`${at}/door`))).toEqual([])
    expect(await mistakes('get /api/sessions/:id/attendance', await host.fetch(`${at}/attendance`))).toEqual([])
    expect(await mistakes('get /api/sessions/:id/attendees.csv', await host.fetch(`${at}/attendees.csv`))).toEqual([])
  })

  test('and whoever may not is refused as described', async () => {
    for (const { method, path, query, needs, errors } of OPERATIONS) {
      if (needs === null || method !== 'get') continue
      const asked = query ? new URLSearchParams(exampleOf(query) as Record<string, string>) : ''
      const response = await stranger.fetch(`${path.replace(':id', path.includes('webhooks') ? randomUUID() : opened.sessionId)}?${asked.toString()}`)
      expect([path, response.status]).toEqual([path, 403])
      expect(errors).toContain('forbidden')
    }
  })
})

describe('the description', () => {
  const document = async () => (await (await stranger.fetch('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, Record<string, { responses: object }>>; components: { schemas: Record<string, unknown> }; webhooks: object }

  test('points only to what it has, and names every parameter of a path', async () => {
    const found = await document()
    const text = JSON.stringify(found)
    expect(found.openapi).toBe('3.1.0')
    const missing = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '').filter((name) => !(name in found.components.schemas))
    expect(missing).toEqual([])
    expect(text).not.toContain('#/$defs')
    for (const { path, params } of OPERATIONS) expect(Object.keys(params?.shape ?? {}).toSorted(), path).toEqual([...path.matchAll(/:(\w+)/g)].map(([, name]) => name).toSorted())
  })

  test('tells of webhooks, and of every refusal', async () => {
    const { webhooks, paths } = await document()
    expect(Object.keys(webhooks)).toContain('question.answered')
    expect(Object.keys(paths['/api/sessions/{id}']?.['put']?.responses ?? {})).toEqual(['200', '400', '403', '404', '409', '413', '429', '500'])
  })

  test('is shown by a page that asks nobody else', async () => {
    const page = await stranger.fetch('/api/docs')
    const html = await page.text()
    expect([...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)).toEqual(['/icon.svg', '/api/docs/swagger-ui.css', '/api/docs/swagger-ui-bundle.js', '/api/docs/start.js'])
    expect(html).not.toMatch(/<script>|style=|onload/)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) expect((await stranger.fetch(`/api/docs/${file}`)).status).toBe(200)
    for (const file of ['package.json', 'swagger-ui.js', '__proto__', '..%2fpackage.json']) expect((await stranger.fetch(`/api/docs/${file}`)).status, file).toBe(404)
  })
})
