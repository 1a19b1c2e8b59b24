import { randomUUID } from 'node:crypto'
import { Webhook as Signature } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import type { Delivery, Webhook } from '../../shared/webhooks.ts'
import { onBothEngines } from '../support/engines.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import { startReceiver } from '../support/receiver.ts'
import type { Received } from '../support/receiver.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const LOOPBACK = { DELIVER_TO_LOOPBACK: 'true' }
const ALL = ['session.phase', 'question.submitted', 'question.approved', 'question.declined', 'question.aired', 'question.answered', 'question.merged', 'question.withdrawn', 'question.objected', 'poll.closed', 'spot.recorded'] as const

const bodyOf = ({ body }: Received) => JSON.parse(body.toString()) as { type: string; timestamp: string; data: Record<string, unknown> }
const typesOf = (received: readonly Received[]) => received.map((one) => bodyOf(one).type).sort()

async function managed(server: TestServer, url: string, events: readonly string[] = ALL) {
  const admin = await createPerson(server.url, { link: server.links.host })
  const webhook = await admin.send<Webhook>('POST', '/api/webhooks', { id: randomUUID(), url, events, active: true })
  const deliveries = () => admin.get<Delivery[]>(`/api/webhooks/${webhook.id}/deliveries`)
  return { admin, webhook, deliveries }
}

onBothEngines((engine) => {
  it('tells of questions, signed, without what is not public', async () => {
    const server = await startServer({ env: { ...(await engine.env()), ...LOOPBACK } })
    const receiver = await startReceiver()
    const { webhook } = await managed(server, `${receiver.url}/hook`)
    const { sessionId, host } = await openSession(server)
    const { question } = await host.request('question:submit', { ...questionInput(sessionId, '石矿什么时候复绿？'), name: '东溪村民' })
    await host.request('question:act', { sessionId, questionId: question.id, action: 'approve', expectedVersion: 1 })
    await host.request('question:act', { sessionId, questionId: question.id, action: 'air', replacing: null, seconds: 0, expectedVersion: 2 })
    await until(() => receiver.received.length >= 5, 'five events')
    expect(typesOf(receiver.received)).toEqual(['question.approved', 'question.aired', 'question.submitted', 'session.phase', 'session.phase'].sort())

    for (const one of receiver.received) {
      expect(new Signature(webhook.secret).verify(one.body, one.headers as Record<string, string>)).toEqual(bodyOf(one))
      expect(one.path).toBe('/hook')
    }
    expect(() => new Signature(webhook.secret).verify(Buffer.from('{}'), receiver.received[0]!.headers as Record<string, string>)).toThrow()

    const told = (type: string) => bodyOf(receiver.received.find((one) => bodyOf(one).type === type)!).data['question']
    expect(told('question.submitted')).toMatchObject({ number: 1, state: 'pending', text: null, name: null })
    expect(told('question.aired')).toMatchObject({ number: 1, state: 'asking', text: '石矿什么时候复绿？', name: '东溪村民' })
    const everything = receiver.received.map(({ body }) => body.toString()).join('')
    for (const secret of [question.receipt, host.person.personId]) expect(everything).not.toContain(secret)
  })

  it('tries again after a failure, longer apart each time, under the same id', async () => {
    const server = await startServer({ env: { ...(await engine.env()), ...LOOPBACK } })
    const receiver = await startReceiver()
    receiver.answers.splice(0, 1, 500, 200)
    const { admin, webhook, deliveries } = await managed(server, receiver.url)
    await admin.send('POST', `/api/webhooks/${webhook.id}/test`, {})
    await until(() => receiver.received.length === 1, 'the first attempt')
    const [waiting] = await until(async () => {
      const listed = await deliveries()
      return listed[0]?.outcome === '500' ? listed : null
    }, 'the failure to be noted')
    expect(waiting).toMatchObject({ event: 'test', state: 'waiting', attempts: 1 })
    const wait = Date.parse(waiting!.nextAt!) - Date.now()
    expect(wait).toBeGreaterThan(4_000)
    expect(wait).toBeLessThan(13_000)
    await until(() => receiver.received.length === 2, 'the second attempt', 20_000)
    expect(receiver.received[1]!.headers['webhook-id']).toBe(receiver.received[0]!.headers['webhook-id'])
    await until(async () => (await deliveries())[0]?.state === 'delivered', 'the delivery to be noted')
    await expect(admin.get<Webhook[]>('/api/webhooks')).resolves.toMatchObject([{ waiting: 0, failed: 0 }])

    await admin.send('POST', `/api/webhooks/${webhook.id}/deliveries/${waiting!.id}/again`, {})
    await until(() => receiver.received.length === 3, 'the same once more')
  })

  it('delivers what was written before the process was killed', async () => {
    const server = await startServer({ env: { ...(await engine.env()), ...LOOPBACK } })
    const receiver = await startReceiver()
    // Nobody answers: what is under way when the process dies is taken up again after its lease.
    receiver.answers.splice(0, 1, null, 200)
    const { sessionId, host } = await openSession(server, 'announced')
    await managed(server, receiver.url, ['question.submitted'])
    await host.request('question:submit', questionInput(sessionId))
    await until(() => receiver.received.length === 1, 'the first attempt')
    await server.restart()
    await until(() => receiver.received.length === 2, 'the second attempt', 45_000)
    expect(receiver.received[1]!.headers['webhook-id']).toBe(receiver.received[0]!.headers['webhook-id'])
    expect(receiver.received[1]!.at - receiver.received[0]!.at).toBeGreaterThan(25_000)
  }, 90_000)
})

describe('several processes over one database', () => {
  it('deliver everything once', async () => {
    const { startPostgres } = await import('../support/postgres.ts')
    const postgres = await startPostgres()
    const env = { DATABASE_URL: await postgres.createDatabase(), SECRET: 'shared by all of these', ...LOOPBACK }
    const servers = await Promise.all([startServer({ env }), startServer({ env }), startServer({ env })])
    const receiver = await startReceiver()
    const { admin, webhook } = await managed(servers[0], receiver.url)
    const people = await Promise.all(servers.map((server) => createPerson(server.url, { link: server.links.host })))
    await Promise.all(Array.from({ length: 120 }, (_, index) => people[index % 3]!.send('POST', `/api/webhooks/${webhook.id}/test`, {})))
    await until(async () => (await admin.get<Webhook[]>('/api/webhooks'))[0]?.waiting === 0, 'everything to be delivered', 20_000)
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(120)
    expect(new Set(ids).size).toBe(120)
  }, 60_000)
})

describe('managing webhooks', () => {
  it('is for whoever runs the installation', async () => {
    const server = await startServer()
    const resident = await createPerson(server.url)
    await expect(resident.get('/api/webhooks')).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
    const { sessionId, host, join } = await openSession(server, 'announced')
    const guest = await join('host')
    await expect(guest.person.send('POST', '/api/webhooks', { id: randomUUID(), url: 'https://example.org/', events: ['poll.closed'], active: true })).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
    expect(sessionId).toBeTruthy()
    await expect(host.person.get('/api/webhooks')).resolves.toEqual([])
  })

  it('takes http and https only, and keeps from this machine unless the operator allows it', async () => {
    const server = await startServer()
    const receiver = await startReceiver()
    const { admin, webhook, deliveries } = await managed(server, receiver.url)
    for (const url of ['ftp://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'not a url']) {
      await expect(admin.send('POST', '/api/webhooks', { id: randomUUID(), url, events: ['poll.closed'], active: true })).rejects.toMatchObject({ refusal: { code: 'invalid_input' } })
    }
    await admin.send('POST', `/api/webhooks/${webhook.id}/test`, {})
    await until(async () => (await deliveries())[0]?.outcome === 'address', 'the attempt to be refused')
    expect(receiver.received).toEqual([])
  })

  it('edits and deletes, with what waits', async () => {
    const server = await startServer({ env: LOOPBACK })
    const receiver = await startReceiver()
    const { admin, webhook } = await managed(server, receiver.url)
    expect(webhook.secret).toMatch(/^whsec_/)
    const edited = await admin.send<Webhook>('PUT', `/api/webhooks/${webhook.id}`, { url: receiver.url, events: ['poll.closed'], active: false })
    expect(edited).toMatchObject({ id: webhook.id, secret: webhook.secret, active: false, events: ['poll.closed'] })
    expect((await admin.fetch(`/api/webhooks/${webhook.id}`, { method: 'DELETE' })).status).toBe(200)
    await expect(admin.get('/api/webhooks')).resolves.toEqual([])
    await expect(admin.get(`/api/webhooks/${webhook.id}/deliveries`)).rejects.toMatchObject({ refusal: { code: 'not_found' } })
  })
})
