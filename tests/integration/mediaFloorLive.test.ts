import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { MediaSource } from '../../shared/media.ts'
import { client } from '../support/client.ts'
import type { TestClient } from '../support/client.ts'
import { crowd } from '../support/crowd.ts'
import { openSession } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import type { Step } from '../support/floor.ts'
import { createPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { cameraParameters, microphoneParameters } from './mediaSupport.ts'

let server: TestServer
let opened: OpenedSession
beforeEach(async () => {
  server = await startServer({ media: true })
  opened = await openSession(server, 'live', { kind: 'symposium' })
  await opened.host.request('floor:set', { sessionId: opened.sessionId, expectedVersion: 0, open: true, seconds: 120, tables: [] })
})

/** A resident whose hand is raised, and whoever takes steps with it. */
async function raised(resident: TestClient) {
  const { sessionId, host } = opened
  const handId = randomUUID()
  let version = 1
  await resident.request('hand:raise', { sessionId, id: handId, name: '王先生', questionId: null, topicId: null, tableId: null, about: '' })
  const act = async (step: Step, by: TestClient = host) => ({ version } = await by.request('hand:act', { ...step, sessionId, handId, expectedVersion: version }))
  return { handId, act }
}
const WAY: readonly [Step, 'host' | 'own'][] = [
  [{ action: 'invite', reason: '' }, 'host'],
  [{ action: 'accept' }, 'own'],
  [{ action: 'ready' }, 'own'],
  [{ action: 'start', seconds: 120, reason: '' }, 'host'],
]
async function onTheFloor(resident: TestClient) {
  const hand = await raised(resident)
  for (const [step, by] of WAY) await hand.act(step, by === 'own' ? resident : opened.host)
  return hand
}

const join = (resident: TestClient) => resident.request('media:join', { sessionId: opened.sessionId, audience: 'floor' })
const produce = (resident: TestClient, transportId: string, source: MediaSource) =>
  resident.request('media:produce', { sessionId: opened.sessionId, transportId, source, rtpParameters: source === 'camera' || source === 'screen' ? cameraParameters() : microphoneParameters(), paused: false })

async function sending(resident: TestClient) {
  await join(resident)
  const { id: transportId } = await resident.request('media:transport', { sessionId: opened.sessionId, direction: 'send' })
  const { producerId } = await produce(resident, transportId, 'camera')
  return { transportId, producerId }
}

async function watching(producerId: string) {
  const { sessionId } = opened
  const viewer = await client(server.url)
  await viewer.request('session:join', { sessionId, as: 'participant', since: null })
  const { routerRtpCapabilities } = await viewer.request('media:join', { sessionId, audience: 'viewer' })
  const { id: transportId } = await viewer.request('media:transport', { sessionId, direction: 'receive' })
  const consumer = await viewer.request('media:consume', { sessionId, transportId, producerId, rtpCapabilities: routerRtpCapabilities })
  await viewer.request('media:consumer', { sessionId, consumerId: consumer.id, action: 'resume' })
  return { viewer, consumerId: consumer.id }
}

/** Milliseconds until the viewer is told that nobody is on the stage, by when the server has closed what they received. */
async function goneAfter({ viewer, consumerId }: Awaited<ReturnType<typeof watching>>, end: () => Promise<unknown>): Promise<number> {
  const earlier = new Set(viewer.received('media:stage'))
  const pressed = performance.now()
  const [, took] = await Promise.all([end(), viewer.next('media:stage', (message) => !earlier.has(message) && message.stage.peers.length === 0).then(() => performance.now() - pressed)])
  expect((await viewer.refused('media:consumer', { sessionId: opened.sessionId, consumerId, action: 'resume' })).code).toBe('not_found')
  return took
}

describe('a resident’s camera', () => {
  it('reaches the router while they have the floor, and at no time before or after', async () => {
    const { sessionId, host } = opened
    const resident = await client(server.url)
    const barred = async (when: string) => {
      expect((await resident.refused('media:join', { sessionId, audience: 'floor' })).code, when).toBe('forbidden')
      await resident.request('media:join', { sessionId, audience: 'viewer' })
      expect((await resident.refused('media:transport', { sessionId, direction: 'send' })).code, when).toBe('forbidden')
      await expect(produce(resident, randomUUID(), 'camera'), when).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
    }
    await barred('never raised')
    const { handId, act } = await raised(resident)
    await barred('waiting')
    for (const [step, by] of WAY) {
      await act(step, by === 'own' ? resident : host)
      if (step.action !== 'start') await barred(step.action)
    }
    // Nobody else by their hand.
    expect((await (await client(server.url)).refused('media:join', { sessionId, audience: 'floor' })).code).toBe('forbidden')

    expect(await join(resident)).toMatchObject({ seatId: handId })
    const { id: transportId } = await resident.request('media:transport', { sessionId, direction: 'send' })
    await produce(resident, transportId, 'camera')
    await produce(resident, transportId, 'microphone')
    for (const source of ['screen', 'screen_audio'] as const) await expect(produce(resident, transportId, source)).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
    await act({ action: 'finish' })
    await resident.next('media:restart', () => true)
    await barred('spoke')
  })

  it('is taken from viewers at once when the floor is taken back', async () => {
    const resident = await client(server.url)
    const { act } = await onTheFloor(resident)
    const { producerId, transportId } = await sending(resident)
    const took = await goneAfter(await watching(producerId), () => act({ action: 'finish' }))
    process.stdout.write(`from the press of finish, the viewers' consumer closed after ${took.toFixed(0)} ms\n`)
    expect(took).toBeLessThan(1_000)
    await expect(produce(resident, transportId, 'camera')).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
  })

  it('is taken at once in the midst of a hall that raises its hands', async () => {
    const resident = await client(server.url)
    const { act } = await onTheFloor(resident)
    const scene = await watching((await sending(resident)).producerId)
    const people = await crowd(server.url, 60)
    const rush = people.flatMap((person) => [raised(person), person.request('chat:send', { sessionId: opened.sessionId, id: randomUUID(), text: '好', name: null })])
    const took = await goneAfter(scene, () => act({ action: 'finish' }))
    await Promise.allSettled(rush)
    process.stdout.write(`in a rush of ${rush.length} requests: after ${took.toFixed(0)} ms\n`)
    expect(took).toBeLessThan(3_000)
  })

  it('ends with everything else when it is cut off, and with the session', async () => {
    const { sessionId, host } = opened
    const resident = await client(server.url)
    await onTheFloor(resident)
    const took = await goneAfter(await watching((await sending(resident)).producerId), () => host.request('session:cut', { sessionId, reason: '' }))
    process.stdout.write(`from the cut-off: after ${took.toFixed(0)} ms\n`)
    expect((await resident.refused('media:join', { sessionId, audience: 'floor' })).code).toBe('forbidden')
  })

  it('does not survive a finish that comes while it is being made', async () => {
    const { sessionId, host } = opened
    const resident = await client(server.url)
    for (let round = 0; round < 6; round++) {
      const { act } = await onTheFloor(resident)
      await join(resident)
      const { id: transportId } = await resident.request('media:transport', { sessionId, direction: 'send' })
      const [made] = await Promise.allSettled([produce(resident, transportId, 'camera'), act({ action: 'finish' })])
      await resident.next('media:restart', (message) => resident.received('media:restart').indexOf(message) === round)
      const { stage } = await host.request('media:join', { sessionId, audience: 'backstage' })
      expect(stage.peers.filter(({ role }) => role === 'resident')).toEqual([])
      expect(made.status === 'fulfilled' || ['forbidden', 'media_unavailable', 'not_found'].includes((made.reason as { refusal: { code: string } }).refusal.code)).toBe(true)
    }
  })

  it('comes from one device at a time, and from none when the browser loses who it was', async () => {
    const { sessionId, session, host } = opened
    const link = (await host.person.get<{ id: string; role: string; url: string }[]>(`/api/sessions/${sessionId}/links`)).find(({ role }) => role === 'moderator')
    if (!link) throw new Error('there is no link')
    const person = await createPerson(server.url, { link: link.url })
    const [phone, tablet] = [await client(server.url, { person }), await client(server.url, { person })]
    await onTheFloor(phone)
    await sending(phone)
    const { producerId } = await sending(tablet)
    await phone.next('media:replaced', () => true)
    const scene = await watching(producerId)
    await goneAfter(scene, () => person.fetch('/api/sign-out', { method: 'POST' }))
    await tablet.next('access:revoked', () => true)
    // Whatever the browser keeps: it is somebody else from now on.
    await person.get('/api/me')
    const stranger = await client(server.url, { person })
    expect((await stranger.refused('media:join', { sessionId: session.id, audience: 'floor' })).code).toBe('forbidden')
  })

  it('comes back after the server was killed, as long as they have the floor', async () => {
    const resident = await client(server.url)
    const { handId, act } = await onTheFloor(resident)
    await sending(resident)
    await server.restart()
    const again = await client(server.url, { person: resident.person })
    expect(await join(again)).toMatchObject({ seatId: handId })
    const scene = await watching((await sending(again)).producerId)
    const host = await client(server.url, { person: opened.host.person })
    await goneAfter(scene, () => act({ action: 'finish' }, host))
  })

  it('keeps a muted voice from being heard', async () => {
    const { sessionId, host } = opened
    const resident = await client(server.url)
    const { handId, act } = await onTheFloor(resident)
    const { transportId } = await sending(resident)
    const { producerId } = await produce(resident, transportId, 'microphone')
    await host.request('stage:mute', { sessionId, seatId: handId, muted: true })
    await resident.next('media:stage', ({ stage }) => stage.peers.some(({ seatId, muted, producers }) => seatId === handId && muted && producers.some(({ source, paused }) => source === 'microphone' && paused)))
    expect((await resident.refused('media:producer', { sessionId, producerId, action: 'resume' })).code).toBe('forbidden')
    await host.request('stage:mute', { sessionId, seatId: handId, muted: false })
    await resident.next('media:stage', ({ stage }) => stage.peers.some(({ seatId, muted }) => seatId === handId && !muted) && resident.received('media:stage').at(-1)?.stage === stage)
    await host.request('stage:mute', { sessionId, seatId: handId, muted: true })
    await act({ action: 'finish' })
    expect((await host.request('session:join', { sessionId, as: 'desk', since: null })).snapshot?.stage.muted).toEqual([])
  })
})
