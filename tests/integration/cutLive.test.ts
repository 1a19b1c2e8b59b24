import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { TestClient } from '../support/client.ts'
import { client } from '../support/client.ts'
import { crowd } from '../support/crowd.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import { cameraParameters } from './mediaSupport.ts'

const ADDRESS = '198.51.100.77'

/** A guest's camera on air, and a viewer who receives it. */
async function onAir(url: string, opened: Awaited<ReturnType<typeof openSession>>) {
  const { sessionId, session, host, join } = opened
  const guest = await join('guest')
  await guest.request('session:join', { sessionId, as: 'stage', since: null })
  await guest.request('media:join', { sessionId, audience: 'backstage' })
  const send = await guest.request('media:transport', { sessionId, direction: 'send' })
  const { producerId } = await guest.request('media:produce', { sessionId, transportId: send.id, source: 'camera', rtpParameters: cameraParameters(), paused: false })
  await host.request('stage:admit', { sessionId, seatId: session.guests[0]?.id ?? '', onAir: true })
  const viewer = await client(url)
  await viewer.request('session:join', { sessionId, as: 'participant', since: null })
  const { routerRtpCapabilities } = await viewer.request('media:join', { sessionId, audience: 'viewer' })
  await viewer.next('media:stage', ({ stage }) => stage.peers.some(({ producers }) => producers.length > 0)).catch(() => null)
  const receive = await viewer.request('media:transport', { sessionId, direction: 'receive' })
  const consumer = await viewer.request('media:consume', { sessionId, transportId: receive.id, producerId, rtpCapabilities: routerRtpCapabilities })
  await viewer.request('media:consumer', { sessionId, consumerId: consumer.id, action: 'resume' })
  return { viewer, consumer, transportId: receive.id, producerId, rtpCapabilities: routerRtpCapabilities }
}

/** Milliseconds since `pressed` after which the viewer was told that nobody is to be seen any more. */
async function gone(viewer: TestClient, pressed: number): Promise<number> {
  const earlier = new Set(viewer.received('media:stage'))
  await viewer.next('media:stage', (message) => !earlier.has(message) && message.stage.peers.length === 0)
  return performance.now() - pressed
}

it('takes the picture from viewers at once, in the midst of a rush', async () => {
  const server = await startServer({ media: true })
  const opened = await openSession(server, 'live')
  const { sessionId, host } = opened
  const { viewer, transportId, producerId, rtpCapabilities, consumer } = await onAir(server.url, opened)
  const people = await crowd(server.url, 60)
  await Promise.all(people.map((person) => person.request('session:join', { sessionId, as: 'participant', since: null })))

  let answered = 0
  const rush = people.flatMap((person) => [
    ...Array.from({ length: 4 }, (_, index) => person.request('question:submit', questionInput(sessionId, `第 ${index} 个问题`))),
    ...Array.from({ length: 4 }, (_, index) => person.request('chat:send', { sessionId, id: randomUUID(), text: `第 ${index} 句`, name: null })),
  ])
  const settled = Promise.allSettled(rush.map((one) => one.finally(() => answered++)))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const pressed = performance.now()
  const before = answered
  const acknowledged = host.request('session:cut', { sessionId, reason: '画面不当' }).then(() => performance.now() - pressed)
  const picture = await gone(viewer, pressed)
  const ack = await acknowledged
  await settled
  process.stdout.write(`from the press: acknowledged after ${ack.toFixed(0)} ms, the viewers' picture gone after ${picture.toFixed(0)} ms; ${before} of ${rush.length} others were served by then, all after ${(performance.now() - pressed).toFixed(0)} ms\n`)
  expect(picture).toBeLessThan(3_000)

  const told = await viewer.next('session:events', ({ events }) => events.some((event) => event.type === 'session' && event.session.intake.cut !== null))
  expect(told.events.find((event) => event.type === 'stage')).toEqual({ type: 'stage', stage: { onAir: [], muted: [] } })
  // It is the server that ended it: what a page still holds leads nowhere, and nothing new is handed out.
  expect((await viewer.refused('media:consumer', { sessionId, consumerId: consumer.id, action: 'resume' })).code).toBe('not_found')
  expect((await viewer.refused('media:consume', { sessionId, transportId, producerId, rtpCapabilities })).code).toBe('forbidden')
})

it('passes where a whole hall, or the one who presses, has used up everything else', async () => {
  const server = await startServer()
  const { sessionId, host } = await openSession(server)
  // The connection: more than a page may send.
  for (let index = 0; index < 400; index++) host.socket.emit('session:leave', { sessionId }, () => {})
  expect((await host.refused('session:leave', { sessionId })).code).toBe('rate_limited')
  await host.request('session:cut', { sessionId, reason: '' })

  // The network address: more than it may ask for.
  const second = await openSession(server)
  const person = await createPerson(server.url, { link: server.links.host, address: ADDRESS })
  for (let batch = 0; batch < 13; batch++) await Promise.all(Array.from({ length: 100 }, () => person.fetch('/api/sessions')))
  expect((await person.fetch('/api/sessions')).status).toBe(429)
  const cut = await person.fetch(`/api/sessions/${second.sessionId}/cut`, { method: 'POST', body: JSON.stringify({ reason: '内容不当' }), headers: { 'Content-Type': 'application/json' } })
  expect(await cut.json()).toEqual({ ok: true, data: null })
  await second.host.request('session:join', { sessionId: second.sessionId, as: 'desk', since: null }).then(({ snapshot }) => expect(snapshot?.session).toMatchObject({ phase: 'paused', intake: { cut: { reason: '内容不当' } } }))
})
