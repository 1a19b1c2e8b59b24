import { once } from 'node:events'
import { createClient } from 'redis'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MediaConsumer, MediaJoined, MediaTransport, StageMedia } from '../../shared/media.ts'
import type { Ack } from '../../shared/protocol/errors.ts'
import type { ClientEvents, ServerEvents } from '../../shared/protocol/events.ts'
import type { StageFacts } from '../../server/media/types.ts'
import { onCleanup } from '../support/cleanup.ts'
import { startProgram } from '../support/program.ts'
import type { Program } from '../support/run.ts'
import { startRedis } from '../support/redis.ts'
import type { RedisServer } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { cameraParameters, guest } from './mediaSupport.ts'

const ZHOU = guest('7f0c1c1e-5d8c-4f0e-9a53-0d6a53f7e001', '周明')
const LIVE: StageFacts = { phase: 'live', onAir: [ZHOU.id], muted: [], guests: [ZHOU], speakers: [] }

type Page = { socket: Socket<ServerEvents, ClientEvents>; stages: StageMedia[]; restarts: () => number; replaced: () => number; ask: <T>(event: keyof ClientEvents, payload: object) => Promise<Ack<T>> }
type ServerNode = { program: Program; port: number }

let redisServer: RedisServer
let redis: ReturnType<typeof createClient>
let sessions = 0
let sessionId: string

async function startNode(): Promise<ServerNode> {
  const program = startProgram(process.execPath, [`${import.meta.dirname}/mediaNode.ts`, redisServer.url], { env: process.env })
  const line = await until(() => {
    if (!program.running()) throw new Error(program.output())
    return /^\{"port":(\d+)\}$/m.exec(program.output())
  }, 'a process to serve', 60_000)
  return { program, port: Number(line[1]) }
}

async function openPage(node: ServerNode, personId: string): Promise<Page> {
  const socket: Page['socket'] = io(`http://127.0.0.1:${node.port}`, { auth: { personId }, transports: ['websocket'], forceNew: true, reconnection: false })
  const counts = { restart: 0, replaced: 0 }
  const page: Page = {
    socket,
    stages: [],
    restarts: () => counts.restart,
    replaced: () => counts.replaced,
    ask: (event, payload) => socket.timeout(10_000).emitWithAck(event, payload as never) as Promise<Ack<never>>,
  }
  socket.on('media:stage', ({ stage }) => page.stages.push(stage))
  socket.on('media:restart', () => counts.restart++)
  socket.on('media:replaced', () => counts.replaced++)
  onCleanup(() => void socket.disconnect())
  await once(socket as unknown as NodeJS.EventEmitter, 'connect')
  return page
}

async function granted<T>(answer: Promise<Ack<T>>): Promise<T> {
  const ack = await answer
  if (!ack.ok) throw new Error(ack.error.code)
  return ack.data
}

async function setFacts(facts: StageFacts): Promise<void> {
  await redis.set(`facts:${sessionId}`, JSON.stringify(facts))
  await redis.publish(`hint:${sessionId}`, '')
}

const join = (page: Page, audience: 'viewer' | 'backstage' | 'floor') => page.ask<MediaJoined>('media:join', { sessionId, audience })

async function publishCamera(page: Page): Promise<string> {
  const { id: transportId } = await granted(page.ask<MediaTransport>('media:transport', { sessionId, direction: 'send' }))
  const camera = { sessionId, transportId, source: 'camera', rtpParameters: cameraParameters(), paused: false }
  return (await granted(page.ask<{ producerId: string }>('media:produce', camera))).producerId
}

/** Joins again until the server takes it, as a page does. */
async function joinAgain(page: Page, audience: 'viewer' | 'backstage'): Promise<MediaJoined> {
  for (let tries = 0; tries < 100; tries++) {
    const ack = await join(page, audience)
    if (ack.ok) return ack.data
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('could not join again')
}

beforeAll(async () => {
  redisServer = await startRedis()
  redis = createClient({ url: redisServer.url })
  redis.on('error', () => undefined)
  onCleanup(() => redis.destroy())
  await redis.connect()
})
beforeEach(async () => {
  sessionId = `session${++sessions}`
  await setFacts(LIVE)
})

describe('two processes', { timeout: 90_000 }, () => {
  it('carry a session together: the guest at one, the resident at the other', async () => {
    const [first, second] = await Promise.all([startNode(), startNode()])
    const official = await openPage(first, ZHOU.id)
    const joined = await granted(join(official, 'backstage'))
    expect(joined.seatId).toBe(ZHOU.id)
    expect(joined.iceServers).toEqual([{ urls: ['turn:turn.example.cn'], username: expect.any(String) as unknown, credential: expect.any(String) as unknown }])

    const resident = await openPage(second, 'resident')
    const { stage, routerRtpCapabilities } = await granted(join(resident, 'viewer'))
    expect(stage.peers.map(({ name }) => name)).toEqual(['周明'])
    const producerId = await publishCamera(official)
    await until(() => resident.stages.at(-1)?.peers[0]?.producers[0]?.id === producerId, 'the camera is told at the other process')

    const { id: transportId, iceCandidates } = await granted(resident.ask<MediaTransport>('media:transport', { sessionId, direction: 'receive' }))
    expect(iceCandidates.map(({ protocol }) => protocol).toSorted()).toEqual(['tcp', 'udp'])
    const consume = { sessionId, transportId, producerId, rtpCapabilities: routerRtpCapabilities }
    const consumer = await granted(resident.ask<MediaConsumer>('media:consume', consume))
    await granted(resident.ask('media:consumer', { sessionId, consumerId: consumer.id, action: 'resume' }))
    await expect(resident.ask('media:transport', { sessionId, direction: 'send' })).resolves.toMatchObject({ ok: false, error: { code: 'forbidden' } })
    await expect(join(resident, 'backstage')).resolves.toMatchObject({ ok: false, error: { code: 'forbidden' } })
    await expect(resident.ask('media:consume', { ...consume, extra: 1 })).resolves.toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    await expect(resident.ask('media:consume', { ...consume, producerId: ZHOU.id })).resolves.toMatchObject({ ok: false, error: { code: 'not_found' } })

    await setFacts({ ...LIVE, onAir: [] })
    await until(() => resident.stages.at(-1)?.peers.length === 0, 'off air at the other process')
    await expect(resident.ask('media:consume', consume)).resolves.toMatchObject({ ok: false, error: { code: 'forbidden' } })
  })

  it('let a resident speak from either while they have the floor, and take the picture when they have it no longer', async () => {
    const [first, second] = await Promise.all([startNode(), startNode()])
    const WANG = { seatId: '7f0c1c1e-5d8c-4f0e-9a53-0d6a53f7e009', role: 'resident', name: '王先生', post: '', department: '' } as const
    const viewer = await openPage(first, 'viewer')
    await granted(join(viewer, 'viewer'))
    const resident = await openPage(second, WANG.seatId)
    await expect(join(resident, 'floor')).resolves.toMatchObject({ ok: false, error: { code: 'forbidden' } })
    await setFacts({ ...LIVE, onAir: [ZHOU.id, WANG.seatId], speakers: [WANG] })
    expect((await granted(join(resident, 'floor'))).seatId).toBe(WANG.seatId)
    const producerId = await publishCamera(resident)
    await until(() => viewer.stages.at(-1)?.peers[0]?.producers[0]?.id === producerId, 'the camera is told at the owner')
    await setFacts({ ...LIVE, muted: [WANG.seatId], onAir: [ZHOU.id, WANG.seatId], speakers: [WANG] })
    await until(() => viewer.stages.at(-1)?.peers[0]?.muted === true, 'the muting is told')
    await setFacts(LIVE)
    await until(() => viewer.stages.at(-1)?.peers.length === 0, 'nobody is seen any more')
    await until(() => resident.restarts() === 1, 'the resident is told')
    await expect(resident.ask('media:transport', { sessionId, direction: 'send' })).resolves.toMatchObject({ ok: false, error: { code: 'forbidden' } })
    await expect(join(resident, 'floor')).resolves.toMatchObject({ ok: false, error: { code: 'forbidden' } })
  })

  it('hand a seat to the page opened last, wherever it is', async () => {
    const [first, second] = await Promise.all([startNode(), startNode()])
    const old = await openPage(second, ZHOU.id)
    const anchor = await openPage(first, 'resident')
    await granted(join(anchor, 'viewer'))
    await granted(join(old, 'backstage'))
    await publishCamera(old)
    const taker = await openPage(first, ZHOU.id)
    await granted(join(taker, 'backstage'))
    const producerId = await publishCamera(taker)
    await until(() => old.replaced() === 1, 'the old page is told')
    await until(() => anchor.stages.at(-1)?.peers[0]?.producers[0]?.id === producerId, 'the new camera')
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(old.restarts()).toBe(0)
  })

  it('drop the guest of a killed process from the stage', async () => {
    const [owner, edge] = await Promise.all([startNode(), startNode()])
    const resident = await openPage(owner, 'resident')
    await granted(join(resident, 'viewer'))
    const official = await openPage(edge, ZHOU.id)
    await granted(join(official, 'backstage'))
    await publishCamera(official)
    await until(() => resident.stages.at(-1)?.peers.length === 1, 'the guest is there')
    await edge.program.stop('SIGKILL')
    await until(() => resident.stages.at(-1)?.peers.length === 0, 'the guest is gone', 25_000)
    expect(resident.restarts()).toBe(0)
  })

  it('go on at the other when the owner is killed', async () => {
    const [owner, edge] = await Promise.all([startNode(), startNode()])
    const official = await openPage(owner, ZHOU.id)
    await granted(join(official, 'backstage'))
    const resident = await openPage(edge, 'resident')
    const before = (await granted(join(resident, 'viewer'))).stage.generation
    await owner.program.stop('SIGKILL')
    await until(() => resident.restarts() > 0, 'the resident is told', 25_000)
    const after = await joinAgain(resident, 'viewer')
    expect(after.stage.generation).not.toBe(before)
    const back = await openPage(edge, ZHOU.id)
    await granted(join(back, 'backstage'))
    const producerId = await publishCamera(back)
    await until(() => resident.stages.at(-1)?.peers[0]?.producers[0]?.id === producerId, 'the guest is back')
  })

  it('hand the session over at once when the owner is stopped in order', async () => {
    const [owner, edge] = await Promise.all([startNode(), startNode()])
    const official = await openPage(owner, ZHOU.id)
    await granted(join(official, 'backstage'))
    const resident = await openPage(edge, 'resident')
    await granted(join(resident, 'viewer'))
    const stopping = owner.program.stop('SIGTERM')
    await until(() => resident.restarts() > 0, 'the resident is told', 4_000)
    await joinAgain(resident, 'viewer')
    await stopping
  })

  it('keep their media while Redis is away, and find together again', async () => {
    const [owner, edge] = await Promise.all([startNode(), startNode()])
    const official = await openPage(owner, ZHOU.id)
    await granted(join(official, 'backstage'))
    const producerId = await publishCamera(official)
    const resident = await openPage(edge, 'resident')
    const { generation } = (await granted(join(resident, 'viewer'))).stage
    await redisServer.stop()
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    await granted(official.ask('media:producer', { sessionId, producerId, action: 'pause' }))
    await redisServer.start()
    await until(() => resident.stages.at(-1)?.peers[0]?.producers[0]?.paused === true, 'what was missed is told again', 15_000)
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    expect([resident.restarts(), official.restarts()]).toEqual([0, 0])
    expect((await granted(join(resident, 'viewer'))).stage.generation).toBe(generation)
  })
})
