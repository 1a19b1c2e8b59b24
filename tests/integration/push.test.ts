import { beforeAll, expect, it } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import type { Certificate } from '../support/certificate.ts'
import { client } from '../support/client.ts'
import { createDevice } from '../support/device.ts'
import { onBothEngines } from '../support/engines.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import { startReceiver } from '../support/receiver.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

let certificate: Certificate
beforeAll(async () => {
  certificate = await makeCertificate()
})

onBothEngines((engine) => {
  it('tells the asker and the voters on their devices, each in their language, and nobody else', async () => {
    const server = await startServer({ env: { ...(await engine.env()), DELIVER_TO_LOOPBACK: 'true', NODE_EXTRA_CA_CERTS: certificate.file } })
    const receiver = await startReceiver({ tls: certificate })
    receiver.answers.splice(0, 1, 201)
    const { sessionId, session, host } = await openSession(server)
    const [asker, voter, bystander] = await Promise.all([client(server.url), client(server.url), client(server.url)])
    const devices = { asker: createDevice(`${receiver.url}/asker`, 'zh-CN'), voter: createDevice(`${receiver.url}/voter`, 'en'), bystander: createDevice(`${receiver.url}/bystander`, 'en') }
    await asker.person.send('PUT', '/api/push', devices.asker.subscription)
    await voter.person.send('PUT', '/api/push', devices.voter.subscription)
    await bystander.person.send('PUT', '/api/push', devices.bystander.subscription)

    const { question } = await asker.request('question:submit', questionInput(sessionId, '石矿什么时候复绿？'))
    const act = { sessionId, questionId: question.id }
    await host.request('question:act', { ...act, action: 'approve', expectedVersion: 1 })
    await voter.request('question:vote', { ...act, up: true })
    await host.request('question:act', { ...act, action: 'air', replacing: null, seconds: 0, expectedVersion: 2 })
    await until(() => receiver.received.length >= 2, 'two pushes')

    const at = (path: string) => receiver.received.filter((one) => one.path === path)
    expect(devices.asker.read(at('/asker')[0]!.body)).toEqual({ title: session.title, body: '第 1 号提问正在回答：石矿什么时候复绿？', path: `/q/${question.receipt}`, tag: `${sessionId}:1` })
    expect(devices.voter.read(at('/voter')[0]!.body)).toEqual({ title: session.title, body: 'Question 1 is being answered now: 石矿什么时候复绿？', path: `/s/${sessionId}`, tag: `${sessionId}:1` })
    expect(at('/asker')[0]!.headers).toMatchObject({ 'content-encoding': 'aes128gcm', authorization: expect.stringMatching(/^vapid t=\S+, k=\S+$/) as string, ttl: '21600' })

    await host.request('question:act', { ...act, action: 'answer', expectedVersion: 3 })
    await until(() => receiver.received.length >= 4, 'two more')
    expect(at('/bystander')).toEqual([])

    // A device that the push service no longer knows is forgotten.
    receiver.answers.splice(0, 1, 410)
    await host.request('question:act', { ...act, action: 'take_back', expectedVersion: 4 })
    await host.request('question:act', { ...act, action: 'decline', code: 'other', reason: '另行书面答复。', expectedVersion: 5 })
    await until(() => receiver.received.length >= 6, 'the last two')
    expect(devices.asker.read(at('/asker').at(-1)!.body).body).toBe('第 1 号提问没有被采用，点开看理由。')
    await new Promise((resolve) => setTimeout(resolve, 500))
    await host.request('question:act', { ...act, action: 'take_back', expectedVersion: 6 })
    await host.request('question:act', { ...act, action: 'decline', code: 'off_topic', reason: '', expectedVersion: 7 })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(receiver.received).toHaveLength(6)
  })
})

it('goes on as ever when no push service can be reached, and never writes into the private network for a stranger', async () => {
  const server = await startServer()
  const receiver = await startReceiver({ tls: certificate })
  const { sessionId, host } = await openSession(server)
  const asker = await client(server.url)
  await asker.person.send('PUT', '/api/push', createDevice(`${receiver.url}/inside`, 'zh-CN').subscription)
  await asker.person.send('PUT', '/api/push', createDevice('https://push.invalid/nowhere', 'zh-CN').subscription)
  await expect(asker.person.send('PUT', '/api/push', createDevice('http://plain.example/', 'zh-CN').subscription)).rejects.toMatchObject({ refusal: { code: 'invalid_input' } })
  await asker.person.send('PUT', '/api/push', { ...createDevice('https://push.invalid/keys', 'zh-CN').subscription, keys: { p256dh: 'no key', auth: 'none' } })
  const { question } = await asker.request('question:submit', questionInput(sessionId))
  await host.request('question:act', { sessionId, questionId: question.id, action: 'decline', code: 'off_topic', reason: '', expectedVersion: 1 })
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(receiver.received).toEqual([])
  expect(server.output()).not.toContain('the outbox failed')
})

it('keeps its key, and lets a person take only their own device off', async () => {
  const server = await startServer()
  const [one, other] = await Promise.all([createPerson(server.url), createPerson(server.url)])
  const { key } = await one.get<{ key: string }>('/api/push/key')
  expect(Buffer.from(key, 'base64url')).toHaveLength(65)
  await server.restart()
  await expect(one.get('/api/push/key')).resolves.toEqual({ key })
  const { subscription } = createDevice('https://push.invalid/one', 'en')
  await one.send('PUT', '/api/push', subscription)
  const off = (person: typeof one) => person.fetch('/api/push', { method: 'DELETE', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ endpoint: subscription.endpoint }) })
  expect((await off(other)).status).toBe(200)
  expect((await off(one)).status).toBe(200)
  expect((await off(one)).status).toBe(200)
})
