import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMedia } from '../../server/media/media.ts'
import type { Media } from '../../server/media/media.ts'
import type { Room } from '../../server/media/room.ts'
import type { PeerInfo, RoomEvents, Seat, StageFacts } from '../../server/media/types.ts'
import type { MediaSource, StageMedia } from '../../shared/media.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { until } from '../support/until.ts'
import { cameraParameters, guest, mediaConfig, microphoneParameters } from './mediaSupport.ts'

const ZHOU = guest(randomUUID(), '周明')
const WANG: Seat = { seatId: randomUUID(), role: 'resident', name: '王先生', post: '青青岛社区', department: '' }
const LIVE: StageFacts = { phase: 'live', onAir: [ZHOU.id], muted: [], guests: [ZHOU], speakers: [] }
const SPEAKING: StageFacts = { ...LIVE, onAir: [ZHOU.id, WANG.seatId], speakers: [WANG] }
const muted = (facts: StageFacts, ...seats: string[]): StageFacts => ({ ...facts, muted: seats })

const speaker = (id: string): PeerInfo => ({ id, audience: 'floor', seat: WANG })
const official = (id: string): PeerInfo => ({ id, audience: 'backstage', seat: { seatId: ZHOU.id, role: 'guest', name: ZHOU.name, post: ZHOU.post, department: ZHOU.department } })
const refuses = (code: ErrorCode): unknown => expect.objectContaining({ refusal: expect.objectContaining({ code }) as unknown })

let media: Media
const rooms: Room[] = []
beforeAll(async () => {
  media = createMedia(mediaConfig(), pino({ level: 'silent' }))
  await media.started
})
afterEach(() => rooms.splice(0).forEach((room) => room.close()))
afterAll(() => media.close())

async function open(facts: StageFacts) {
  const stages: StageMedia[] = []
  const events = { stage: (audience, stage) => void (audience === 'viewer' && stages.push(stage)), speaker: vi.fn(), replaced: vi.fn(), expelled: vi.fn(), lost: vi.fn() } satisfies RoomEvents
  const room = await media.openRoom(facts, events)
  rooms.push(room)
  /** What viewers were told last of somebody's microphone. */
  const microphone = (seatId: string) => stages.at(-1)?.peers.find((peer) => peer.seatId === seatId)?.producers.find(({ source }) => source === 'microphone')
  return { room, events, stages, microphone }
}

async function send(room: Room, peerId: string, sources: MediaSource[]) {
  const { id: transportId } = await room.openTransport(peerId, 'send')
  const made: Partial<Record<MediaSource, string>> = {}
  for (const [index, source] of sources.entries()) made[source] = (await publish(room, peerId, transportId, source, `${index}`)).producerId
  return { transportId, made }
}
const publish = (room: Room, peerId: string, transportId: string, source: MediaSource, mid = '0', paused = false) =>
  room.publish(peerId, { transportId, source, rtpParameters: source === 'camera' || source === 'screen' ? cameraParameters(mid) : microphoneParameters(mid, 1_000 + Number(mid)), paused })

async function watching(room: Room, peerId: string, producerId: string) {
  const { routerRtpCapabilities: rtpCapabilities } = room.join({ id: peerId, audience: 'viewer', seat: null })
  const { id: transportId } = await room.openTransport(peerId, 'receive')
  return room.receive(peerId, { transportId, producerId, rtpCapabilities })
}

describe('a resident on the stage', () => {
  it('is there only while they have the floor, whatever seat somebody says they have', async () => {
    const { room } = await open(LIVE)
    expect(() => room.join(speaker('early'))).toThrow(refuses('forbidden'))
    room.setFacts(SPEAKING)
    room.join(speaker('wang'))
    const { made } = await send(room, 'wang', ['camera', 'microphone'])
    expect(await watching(room, 'viewer', made.camera!)).toMatchObject({ kind: 'video' })
    room.setFacts(LIVE)
    expect(room.counts()).toEqual({ peers: 1, producers: 0, consumers: 0 })
    await expect(room.openTransport('wang', 'send')).rejects.toEqual(refuses('media_unavailable'))
    expect(() => room.join(speaker('wang'))).toThrow(refuses('forbidden'))
    // A guest of that id is somebody else.
    expect(() => room.join({ id: 'liar', audience: 'floor', seat: { ...WANG, seatId: ZHOU.id } })).toThrow(refuses('forbidden'))
  })

  it('sees what viewers see, and is seen by them with a name and whom they speak for', async () => {
    const { room, stages } = await open(SPEAKING)
    room.join(official('guest'))
    const { stage } = room.join(speaker('wang'))
    expect(stage.peers.map(({ seatId, role, name, post, onAir }) => ({ seatId, role, name, post, onAir }))).toEqual([
      { seatId: ZHOU.id, role: 'guest', name: '周明', post: '局长', onAir: true },
      { seatId: WANG.seatId, role: 'resident', name: '王先生', post: '青青岛社区', onAir: true },
    ])
    await until(() => stages.at(-1)?.peers.length === 2, 'viewers see both')
    room.setFacts({ ...SPEAKING, phase: 'paused' })
    await until(() => stages.at(-1)?.peers.length === 0, 'nobody is seen in a pause')
    expect(room.peerIds()).toContain('wang')
  })

  it('sends a face and a voice, and shares nothing else', async () => {
    const { room } = await open(SPEAKING)
    room.join(speaker('wang'))
    const { transportId } = await send(room, 'wang', ['camera', 'microphone'])
    for (const source of ['screen', 'screen_audio'] as const) await expect(publish(room, 'wang', transportId, source, '7')).rejects.toEqual(refuses('forbidden'))
    expect(room.counts()).toMatchObject({ producers: 2 })
  })

  it('leaves nothing behind of what they were about to send when the floor was taken back', async () => {
    const { room, stages, events } = await open(SPEAKING)
    for (let round = 0; round < 20; round++) {
      room.setFacts(SPEAKING)
      room.join(speaker('wang'))
      const { id: transportId } = await room.openTransport('wang', 'send')
      const publishing = [publish(room, 'wang', transportId, 'camera'), publish(room, 'wang', transportId, 'microphone', '1')].map((one) => one.catch((error: unknown) => error))
      // At another moment of the making each time.
      for (let turn = 0; turn < round % 5; turn++) await new Promise((resolve) => setImmediate(resolve))
      room.setFacts(LIVE)
      expect(room.counts()).toEqual({ peers: 0, producers: 0, consumers: 0 })
      await Promise.all(publishing)
      expect(room.counts()).toEqual({ peers: 0, producers: 0, consumers: 0 })
    }
    expect(events.expelled).toHaveBeenCalledTimes(20)
    expect(stages.flatMap(({ peers }) => peers).flatMap(({ producers }) => producers).length).toBeLessThanOrEqual(40)
    await until(() => (stages.at(-1)?.peers ?? []).length === 0, 'nobody is seen')
  })

  it('speaks from one device, the one that began last', async () => {
    const { room, events } = await open(SPEAKING)
    room.join(speaker('phone'))
    await send(room, 'phone', ['camera'])
    room.join(speaker('tablet'))
    expect(room.counts()).toMatchObject({ producers: 1 })
    await send(room, 'tablet', ['camera'])
    expect(events.replaced).toHaveBeenCalledExactlyOnceWith('phone')
    expect(room.counts()).toMatchObject({ peers: 1, producers: 1 })
    await expect(room.openTransport('phone', 'send')).rejects.toEqual(refuses('media_unavailable'))
  })
})

describe('muting', () => {
  it('holds whatever the client does, on the server, and gives back only what the client itself lets be heard', async () => {
    const { room, microphone } = await open(SPEAKING)
    room.join(speaker('wang'))
    const { transportId, made } = await send(room, 'wang', ['camera', 'microphone'])
    await until(() => microphone(WANG.seatId)?.paused === false, 'the voice is heard')
    const heard = await watching(room, 'viewer', made.microphone!)
    expect(heard.producerPaused).toBe(false)

    room.setFacts(muted(SPEAKING, WANG.seatId))
    expect(room.stage('viewer').peers[0]).toMatchObject({ muted: true, producers: [{ source: 'camera', paused: false }, { source: 'microphone', paused: true }] })
    await expect(room.actOnProducer('wang', made.microphone!, 'resume')).rejects.toEqual(refuses('forbidden'))
    // The picture is not touched.
    await room.actOnProducer('wang', made.camera!, 'pause')
    await room.actOnProducer('wang', made.camera!, 'resume')
    // Neither a new microphone nor a new connection is a way round.
    const { producerId } = await publish(room, 'wang', transportId, 'microphone', '5')
    expect(room.stage('viewer').peers[0]?.producers).toMatchObject([{ source: 'camera', paused: false }, { source: 'microphone', paused: true }])
    expect((await watching(room, 'viewer', producerId)).producerPaused).toBe(true)
    room.join(speaker('wang'))
    await send(room, 'wang', ['microphone'])
    expect(room.stage('viewer').peers[0]?.producers).toMatchObject([{ source: 'microphone', paused: true }])

    room.setFacts(SPEAKING)
    expect(room.stage('viewer').peers[0]).toMatchObject({ muted: false, producers: [{ source: 'microphone', paused: false }] })
  })

  it('does not make somebody heard who had switched themselves off', async () => {
    const { room } = await open(SPEAKING)
    room.join(speaker('wang'))
    const { made } = await send(room, 'wang', ['microphone'])
    await room.actOnProducer('wang', made.microphone!, 'pause')
    room.setFacts(muted(SPEAKING, WANG.seatId))
    room.setFacts(SPEAKING)
    expect(room.stage('viewer').peers[0]?.producers).toMatchObject([{ paused: true }])
    // Nor one who did so while muted.
    await room.actOnProducer('wang', made.microphone!, 'resume')
    room.setFacts(muted(SPEAKING, WANG.seatId))
    await room.actOnProducer('wang', made.microphone!, 'pause')
    room.setFacts(SPEAKING)
    expect(room.stage('viewer').peers[0]?.producers).toMatchObject([{ paused: true }])
    await room.actOnProducer('wang', made.microphone!, 'resume')
    expect(room.stage('viewer').peers[0]?.producers).toMatchObject([{ paused: false }])
  })

  it('takes the sound of a guest, of their screen too, and leaves the others theirs', async () => {
    const { room } = await open(SPEAKING)
    room.join(official('guest'))
    room.join(speaker('wang'))
    await send(room, 'guest', ['camera', 'microphone', 'screen', 'screen_audio'])
    await send(room, 'wang', ['microphone'])
    room.setFacts(muted(SPEAKING, ZHOU.id))
    const paused = () => room.stage('viewer').peers.flatMap(({ producers }) => producers.map(({ source, paused: off }) => [source, off] as const))
    expect(paused()).toEqual([['camera', false], ['microphone', true], ['screen', false], ['screen_audio', true], ['microphone', false]])
  })

  it('is settled by the last word, however quickly words follow one another', async () => {
    const { room } = await open(SPEAKING)
    room.join(speaker('wang'))
    const { made } = await send(room, 'wang', ['microphone'])
    for (let round = 0; round < 15; round++) room.setFacts(round % 2 === 0 ? muted(SPEAKING, WANG.seatId) : SPEAKING)
    // Asked of the worker itself, behind all orders that it was given.
    expect((await watching(room, 'viewer', made.microphone!)).producerPaused).toBe(true)
    room.setFacts(SPEAKING)
    expect((await watching(room, 'other', made.microphone!)).producerPaused).toBe(false)
  })

  it('does not wait for somebody who asks for much', async () => {
    const { room, microphone } = await open(SPEAKING)
    room.join(speaker('wang'))
    const { transportId, made } = await send(room, 'wang', ['microphone'])
    const flood = Array.from({ length: 64 }, () => room.restartIce('wang', transportId).catch(() => null))
    room.setFacts(muted(SPEAKING, WANG.seatId))
    expect(room.stage('viewer').peers[0]?.producers).toMatchObject([{ paused: true }])
    await Promise.all(flood)
    await expect(room.actOnProducer('wang', made.microphone!, 'resume')).rejects.toEqual(refuses('forbidden'))
    await until(() => microphone(WANG.seatId)?.paused === true, 'viewers are told')
  })
})
