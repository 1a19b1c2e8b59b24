import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { AuditPage, DueDate, HealthPart, Storage, Work } from '../../shared/administration.ts'
import type { PlatformWords } from '../../shared/moderation.ts'
import type { KeptSetting, SiteSettings } from '../../shared/site.ts'
import { openApp } from '../support/app.ts'
import { onCleanup } from '../support/cleanup.ts'
import { onBothEngines } from '../support/engines.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { addSecondFactor, join, setUp } from '../support/staff.ts'

const refused = (code: string, more: object = {}) => ({ refusal: { code, ...more } })

/** Says who asks where they are, as TURN servers do. @returns its address */
async function turnServer(): Promise<string> {
  const socket = createSocket('udp4')
  socket.on('message', (request, from) => {
    const answer = Buffer.from(request.subarray(0, 20))
    answer.writeUInt16BE(0x0101, 0)
    socket.send(answer, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onCleanup(() => void socket.close())
  return `turn:127.0.0.1:${socket.address().port}`
}

/** Describes itself as OpenID Connect providers do. @returns its issuer */
async function providerServer(): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(request.url === '/.well-known/openid-configuration' ? JSON.stringify({ issuer }) : '{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => void server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return issuer
}

const health = async (person: Person) => new Map((await person.get<HealthPart[]>('/api/admin/health')).map(({ part, state, code, value }) => [part, { state, code, value }]))

onBothEngines((engine) => {
  test('health is what is found now', async () => {
    const turn = await turnServer()
    const opened = await openApp({ ...(await engine.env()), TURN_URLS: `${turn},turn:127.0.0.1:9?transport=tcp`, TURN_SECRET: 'a secret' })
    const { person: admin } = await setUp(opened)
    const found = await health(admin)
    expect(found.get('database')).toMatchObject({ state: 'ok', code: engine.name })
    expect(found.get('redis')).toMatchObject({ state: 'off', code: 'single' })
    expect(found.get('media')).toMatchObject({ state: 'off', code: 'disabled' })
    expect(found.get('turn')).toEqual({ state: 'warning', code: 'some', value: 'turn:127.0.0.1:9?transport=tcp' })
    expect(found.get('storage')?.value).toMatch(/^\d+ %$/)
    expect(found.get('sms')).toMatchObject({ state: 'off' })
    expect(found.get('privacy')).toMatchObject({ state: 'ok', code: 'published' })
    expect(found.get('https')).toMatchObject({ state: 'warning', code: 'local' })
    expect(JSON.stringify([...found])).not.toContain('a secret')

    const issuer = await providerServer()
    const identity: SiteSettings['identity'] = { sms: { kind: 'console' }, providers: [{ id: 'one', name: '政务网', issuer, clientId: 'a', secret: '' }, { id: 'two', name: '论坛', issuer: 'http://127.0.0.1:9', clientId: 'b', secret: '' }] }
    const version = (await admin.get<KeptSetting[]>('/api/admin/settings')).find(({ key }) => key === 'identity')?.version
    await admin.send('PUT', '/api/admin/settings/identity', { expectedVersion: version, value: identity })
    // One answers; but in production nobody is sent to a provider without TLS.
    await expect.poll(async () => (await health(admin)).get('oidc'), { timeout: 5_000, interval: 300 }).toEqual({ state: 'failing', code: 'silent', value: '政务网 论坛' })
    expect((await health(admin)).get('sms')).toMatchObject({ state: 'warning', code: 'console' })
  })

  test('supervisors may look, and nobody else but administrators', async () => {
    const opened = await openApp(await engine.env())
    const { person: admin } = await setUp(opened)
    const supervisor = await addSecondFactor(opened, await join(opened, admin, { username: 'li.min', role: 'supervisor' }))
    const { person: staff } = await join(opened, admin, { username: 'staff.one' })
    const visitor = await createPerson(opened.url)
    for (const path of ['health', 'storage', 'work', 'workdays/due?from=2026-11-20']) {
      expect((await supervisor.person.fetch(`/api/admin/${path}`)).status, path).toBe(200)
      for (const person of [staff, visitor]) expect((await person.fetch(`/api/admin/${path}`)).status, path).toBe(403)
    }
    for (const person of [supervisor.person, staff, visitor]) expect((await person.fetch('/api/admin/words')).status).toBe(403)
  })

  test('storage counts what is there', async () => {
    const opened = await openApp(await engine.env())
    const { person: admin } = await setUp(opened)
    const storage = await admin.get<Storage>('/api/admin/storage')
    expect(storage).toMatchObject({ engine: engine.name, pictures: { count: 0, bytes: 0 } })
    expect(storage.database).toBeGreaterThan(10_000)
    expect(storage.free).toBeGreaterThan(0)
    expect(storage.rows.find(({ table }) => table === 'accounts')).toEqual({ table: 'accounts', count: 1 })
  })

  test('background work says when it ran, how, and when it comes again', async () => {
    const opened = await openApp(await engine.env())
    const { person: admin } = await setUp(opened)
    const look = () => admin.get<Work>('/api/admin/work')
    const retention = async () => (await look()).jobs.find(({ name }) => name === 'retention')
    // It runs by itself after the start.
    await expect.poll(retention, { timeout: 10_000 }).toMatchObject({ outcome: 'ok' })
    expect(Date.parse((await retention())?.nextAt ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    expect((await look()).deliveries).toEqual({ waiting: 0, failed: 0, oldestWaitingAt: null })
  })

  test('the words of the installation are replaced by one at a time, and the log has how many, not which', async () => {
    const opened = await openApp(await engine.env())
    const { person: admin } = await setUp(opened)
    const before = await admin.get<PlatformWords>('/api/admin/words')
    expect(before.words).toContain('加微信')
    const after = await admin.send<PlatformWords>('PUT', '/api/admin/words', { expectedVersion: before.version, words: ['内幕', '内 幕', '刷单'] })
    expect(after).toEqual({ words: ['内幕', '刷单'], version: before.version + 1 })
    await expect(admin.send('PUT', '/api/admin/words', { expectedVersion: before.version, words: [] })).rejects.toMatchObject(refused('stale', { current: after }))
    expect(await admin.send<PlatformWords>('PUT', '/api/admin/words', { expectedVersion: after.version, words: after.words })).toEqual(after)
    const { entries } = await admin.get<AuditPage>('/api/admin/audit?action=words')
    expect(entries).toHaveLength(1)
    expect(entries[0]?.detail).toEqual({ added: 2, removed: before.words.length, words: 2 })
    const lists = ['一', '二', '三', '四'].map((word) => [word])
    const answers = await Promise.allSettled(lists.map((words) => admin.send<PlatformWords>('PUT', '/api/admin/words', { expectedVersion: after.version, words })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await admin.get<PlatformWords>('/api/admin/words')).version).toBe(after.version + 1)
  })

  test('due dates count in the county’s own working days', async () => {
    const opened = await openApp(await engine.env())
    const { person: admin } = await setUp(opened)
    const due = async () => (await admin.get<DueDate>('/api/admin/workdays/due?from=2026-09-28')).due
    expect(await due()).toBe('2026-10-10')
    await admin.send('PUT', '/api/admin/settings/workdays', { expectedVersion: 0, value: [{ date: '2026-10-09', working: false, note: '县庆' }] })
    expect(await due()).toBe('2026-10-12')
    await expect(admin.get('/api/admin/workdays/due?from=2026-02-30')).rejects.toMatchObject(refused('invalid_input'))
    await expect(admin.get('/api/admin/workdays/due?from=9999-12-31')).rejects.toMatchObject(refused('invalid_input'))
  })
})
