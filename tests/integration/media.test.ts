import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { MediaAudience, StageMedia } from '../../shared/media.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { createMedia } from '../../server/media/media.ts'
import type { Media } from '../../server/media/media.ts'
import type { Room } from '../../server/media/room.ts'
import type { PeerInfo, RoomEvents, StageFacts } from '../../server/media/types.ts'
import { until } from '../support/until.ts'
import { cameraParameters, guest, mediaConfig, microphoneParameters } from './mediaSupport.ts'

const silent = pino({ level: 'silent' })
const [ZHOU, LI] = [guest('7f0c1c1e-5d8c-4f0e-9a53-0d6a53f7e001', '周明'), guest('7f0c1c1e-5d8c-4f0e-9a53-0d6a53f7e002', '李芳')]
const backstage: StageFacts = { phase: 'backstage', onAir: [], muted: [], guests: [ZHOU, LI], speakers: [] }
const live: StageFacts = { ...backstage, phase: 'live', onAir: [ZHOU.id] }

const viewer = (id: string): PeerInfo => ({ id, audience: 'viewer', seat: null })
const official = (id: string, of = ZHOU): PeerInfo => ({ id, audience: 'backstage', seat: { seatId: of.id, role: 'guest', name: of.name, post: of.post, department: of.department } })
const refuses = (code: ErrorCode): unknown => expect.objectContaining({ refusal: expect.objectContaining({ code }) as unknown })

function record() {
  const told: Record<MediaAudience, StageMedia[]> = { viewer: [], backstage: [], floor: [] }
  const events = { stage: (audience, stage) => void told[audience].push(stage), speaker: vi.fn(), replaced: vi.fn(), expelled: vi.fn(), lost: vi.fn() } satisfies RoomEvents
  return { told, events }
}

let media: Media
const rooms: Room[] = []
beforeAll(async () => {
  media = createMedia(mediaConfig(), silent)
  await media.started
})
afterEach(() => rooms.splice(0).forEach((room) => room.close()))
afterAll(() => media.close())

async function open(facts: StageFacts) {
  const recorded = record()
  const room = await media.openRoom(facts, recorded.events)
  rooms.push(room)
  return { room, ...recorded }
}

async function publishCamera(room: Room, peerId: string, mid?: string) {
  const transport = await room.openTransport(peerId, 'send')
  return { transportId: transport.id, ...(await room.publish(peerId, { transportId: transport.id, source: 'camera', rtpParameters: cameraParameters(mid), paused: false })) }
}

async function receiveAs(room: Room, peerId: string, producerId: string) {
  const { routerRtpCapabilities: rtpCapabilities } = room.join(viewer(peerId))
  const { id: transportId } = await room.openTransport(peerId, 'receive')
  return room.receive(peerId, { transportId, producerId, rtpCapabilities })
}

describe('a room', () => {
  it('shows viewers a guest only while on air and live, and takes the picture back', async () => {
    const { room, told } = await open(backstage)
    room.join(official('guest'))
    const { producerId } = await publishCamera(room, 'guest')
    await expect(receiveAs(room, 'resident', producerId)).rejects.toEqual(refuses('forbidden'))
    await until(() => told.backstage.at(-1)?.peers[0]?.producers.length === 1, 'backstage sees the camera')
    expect(told.viewer).toEqual([])

    room.setFacts(live)
    const consumer = await receiveAs(room, 'resident', producerId)
    expect(consumer).toMatchObject({ producerId, kind: 'video', producerPaused: false })
    await room.actOnConsumer('resident', consumer.id, { action: 'layers', spatialLayer: 1 })
    await room.actOnConsumer('resident', consumer.id, { action: 'resume' })
    await until(() => told.viewer.at(-1)?.peers[0]?.name === '周明', 'viewers see the guest')

    room.setFacts({ ...live, phase: 'paused' })
    await expect(room.actOnConsumer('resident', consumer.id, { action: 'pause' })).rejects.toEqual(refuses('not_found'))
    await until(() => told.viewer.at(-1)?.peers.length === 0, 'viewers see nobody')
    expect(told.backstage.at(-1)?.peers).toHaveLength(1)
    expect(room.counts()).toEqual({ peers: 2, producers: 1, consumers: 0 })
  })

  it('numbers its states upwards and sends each change once to each audience concerned', async () => {
    const { room, told } = await open(live)
    room.join(official('guest'))
    const { producerId } = await publishCamera(room, 'guest')
    await room.actOnProducer('guest', producerId, 'pause')
    await until(() => told.viewer.at(-1)?.peers[0]?.producers[0]?.paused === true, 'viewers know of the pause')
    const versions = told.viewer.map(({ version }) => version)
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b))
    const count = told.viewer.length
    room.setFacts(live)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(told.viewer).toHaveLength(count)
  })

  it('lets nobody publish without a seat, or over the wrong transport', async () => {
    const { room } = await open(live)
    room.join(viewer('resident'))
    await expect(room.openTransport('resident', 'send')).rejects.toEqual(refuses('forbidden'))
    const { id: transportId } = await room.openTransport('resident', 'receive')
    await expect(room.publish('resident', { transportId, source: 'camera', rtpParameters: cameraParameters(), paused: false })).rejects.toEqual(refuses('forbidden'))
    room.join(official('guest'))
    const { id: receiving } = await room.openTransport('guest', 'receive')
    await expect(room.publish('guest', { transportId: receiving, source: 'camera', rtpParameters: cameraParameters(), paused: false })).rejects.toEqual(refuses('forbidden'))
    await expect(room.publish('guest', { transportId, source: 'camera', rtpParameters: cameraParameters(), paused: false })).rejects.toEqual(refuses('not_found'))
  })

  it('refuses parameters that do not fit and stays whole', async () => {
    const { room } = await open(live)
    room.join(official('guest'))
    const { id: transportId } = await room.openTransport('guest', 'send')
    const publish = (rtpParameters: ReturnType<typeof cameraParameters>) => room.publish('guest', { transportId, source: 'camera', rtpParameters, paused: false })
    await expect(publish(microphoneParameters())).rejects.toEqual(refuses('invalid_input'))
    await expect(publish({ ...cameraParameters(), codecs: [{ mimeType: 'video/AV2', payloadType: 96, clockRate: 90_000 }] })).rejects.toEqual(refuses('invalid_input'))
    await expect(publish({ ...cameraParameters(), headerExtensions: [{ uri: 'urn:unknown', id: 3 }] })).resolves.toHaveProperty('producerId')
    expect(media.ready()).toBe(true)
  })

  it('takes no harm from a bit rate that is not whole', async () => {
    const { room } = await open(live)
    room.join(official('guest'))
    const { id: transportId } = await room.openTransport('guest', 'send')
    const rtpParameters = { ...cameraParameters(), encodings: [{ rid: 'r0', maxBitrate: 0.5 }, { rid: 'r1', maxBitrate: 1e300 }] }
    await expect(room.publish('guest', { transportId, source: 'camera', rtpParameters, paused: false })).resolves.toHaveProperty('producerId')
    await expect(room.openTransport('guest', 'receive')).resolves.toHaveProperty('id')
  })

  it('replaces what came from the same source, and transports of the same direction', async () => {
    const { room, told } = await open(live)
    room.join(official('guest'))
    const first = await publishCamera(room, 'guest')
    const again = await room.publish('guest', { transportId: first.transportId, source: 'camera', rtpParameters: cameraParameters(), paused: true })
    expect(room.counts().producers).toBe(1)
    await until(() => told.viewer.at(-1)?.peers[0]?.producers[0]?.id === again.producerId, 'the newer camera')
    const second = await publishCamera(room, 'guest')
    expect(room.counts().producers).toBe(1)
    await expect(room.restartIce('guest', first.transportId)).rejects.toEqual(refuses('not_found'))
    await expect(room.restartIce('guest', second.transportId)).resolves.toHaveProperty('iceParameters.password')
  })

  it('gives a seat to the page that opened it last, but not to one that only watches backstage', async () => {
    const { room, events } = await open(live)
    room.join(official('old'))
    await publishCamera(room, 'old')
    room.join(official('desk'))
    await room.openTransport('desk', 'receive')
    expect(events.replaced).not.toHaveBeenCalled()
    await room.openTransport('desk', 'send')
    expect(events.replaced.mock.calls).toEqual([['old']])
    await expect(room.openTransport('old', 'send')).rejects.toEqual(refuses('media_unavailable'))
    expect(room.knows('old')).toBe(true)
    room.leave('old')
    expect(room.knows('old')).toBe(false)
  })

  it('lets a guest go who was taken off the list', async () => {
    const { room, events, told } = await open({ ...live, onAir: [ZHOU.id, LI.id] })
    room.join(official('zhou'))
    room.join(official('li', LI))
    room.setFacts({ ...live, guests: [LI], onAir: [LI.id] })
    expect(events.expelled.mock.calls).toEqual([['zhou']])
    await until(() => told.viewer.at(-1)?.peers.map(({ name }) => name).join() === '李芳', 'only the other guest')
  })

  it('holds one consumer of a producer for each peer, and bounds what waits', async () => {
    const { room } = await open(live)
    room.join(official('guest'))
    const { producerId } = await publishCamera(room, 'guest')
    const first = await receiveAs(room, 'resident', producerId)
    const { routerRtpCapabilities: rtpCapabilities } = room.join(viewer('resident'))
    await expect(room.actOnConsumer('resident', first.id, { action: 'resume' })).rejects.toEqual(refuses('not_found'))
    const { id: transportId } = await room.openTransport('resident', 'receive')
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => room.receive('resident', { transportId, producerId, rtpCapabilities })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(64)
    expect(outcomes.at(-1)).toEqual({ status: 'rejected', reason: refuses('rate_limited') })
    expect(room.counts().consumers).toBe(1)
  })

  it('drops a request whose peer left meanwhile', async () => {
    const { room } = await open(live)
    room.join(viewer('resident'))
    const opening = room.openTransport('resident', 'receive')
    room.leave('resident')
    await expect(opening).rejects.toEqual(refuses('media_unavailable'))
    expect(room.counts().peers).toBe(0)
  })

  it('ends once, telling what was not told yet', async () => {
    const { room, told } = await open(live)
    room.join(official('guest'))
    await publishCamera(room, 'guest')
    room.setFacts({ ...live, phase: 'ended' })
    room.close()
    room.close()
    expect(told.viewer.at(-1)?.peers ?? []).toEqual([])
    expect(told.backstage.at(-1)?.peers).toEqual([])
    expect(() => room.join(viewer('late'))).toThrow(refuses('media_unavailable'))
  })
})

describe('workers', () => {
  it('are replaced when killed: the room is lost, the next one opens', async () => {
    const { room, events } = await open(live)
    room.join(official('guest'))
    const generation = room.join(official('guest')).stage.generation
    const [usage] = await media.usage()
    expect(usage?.maxRssKb).toBeGreaterThan(0)
    const pid = usage?.pid
    if (pid === undefined) throw new Error('no worker')
    process.kill(pid, 'SIGKILL')
    await until(() => events.lost.mock.calls.length > 0, 'the loss is told')
    expect(media.stats().rooms).toBe(0)
    expect(() => room.join(viewer('resident'))).toThrow(refuses('media_unavailable'))
    const again = await open(live)
    expect(again.room.join(official('guest')).stage.generation).not.toBe(generation)
    expect((await media.usage())[0]?.pid).not.toBe(pid)
    expect(events.lost).toHaveBeenCalledOnce()
  })

  it('are replaced when they hang', { timeout: 60_000 }, async () => {
    const { events } = await open(live)
    const pid = (await media.usage())[0]?.pid
    if (pid === undefined) throw new Error('no worker')
    process.kill(pid, 'SIGSTOP')
    await until(() => events.lost.mock.calls.length > 0, 'the loss is told', 30_000)
    await open(live)
    expect((await media.usage())[0]?.pid).not.toBe(pid)
  })

  it('share the rooms', async () => {
    const pair = createMedia(mediaConfig({ workers: 2 }), silent)
    await pair.started
    try {
      const first = await pair.openRoom(live, record().events)
      await pair.openRoom(live, record().events)
      first.join(official('guest'))
      await publishCamera(first, 'guest')
      expect(pair.stats()).toEqual({ workers: 2, rooms: 2, peers: 1, producers: 1, consumers: 0 })
    } finally {
      pair.close()
    }
    expect(pair.stats()).toEqual({ workers: 0, rooms: 0, peers: 0, producers: 0, consumers: 0 })
  })

  it('may be missing: that is said once, and the rest goes on', async () => {
    const log = pino({ level: 'silent' })
    const said = vi.spyOn(log, 'error')
    const without = createMedia(mediaConfig({ workerBin: '/nonexistent/mediasoup-worker', workers: 2 }), log)
    await without.started
    expect(without.ready()).toBe(false)
    await expect(without.openRoom(live, record().events)).rejects.toEqual(refuses('media_unavailable'))
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(said).toHaveBeenCalledOnce()
    without.close()
  })

  it('may be switched off', async () => {
    const off = createMedia(mediaConfig({ workers: 0 }), silent)
    await off.started
    expect(off).toMatchObject({ enabled: false })
    await expect(off.openRoom(live, record().events)).rejects.toEqual(refuses('media_unavailable'))
    off.close()
  })
})
