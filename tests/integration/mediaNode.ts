/**
 * One server process with nothing but the stage, for mediaProcesses.test.ts: Socket.IO over Redis, media, and facts that the test sets through Redis.
 * Arguments: Redis URL. Prints one line of JSON, `{ port }`, when it serves.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdapter } from '@socket.io/redis-adapter'
import { pino } from 'pino'
import { Server } from 'socket.io'
import { z } from 'zod'
import { guestSchema, phaseSchema } from '../../shared/sessions.ts'
import { createMedia } from '../../server/media/media.ts'
import { connectRedis } from '../../server/realtime/redis.ts'
import type { FangtanServer } from '../../server/realtime/types.ts'
import { registerStage } from '../../server/stage/register.ts'
import { mediaConfig } from './mediaSupport.ts'

const seatSchema = z.object({ seatId: z.string(), role: z.literal('resident'), name: z.string(), post: z.string(), department: z.string() })
const factsSchema = z.object({ phase: phaseSchema, onAir: z.array(z.string()), muted: z.array(z.string()), guests: z.array(guestSchema), speakers: z.array(seatSchema) })

const [url = ''] = process.argv.slice(2)
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }, pino.destination(2))
const processId = randomUUID()
const redis = await connectRedis(url, log)
const hints = redis.subscriber.duplicate()
hints.on('error', () => undefined)
await hints.connect()

const http = createServer()
const io: FangtanServer = new Server(http, { adapter: createAdapter(redis.publisher, redis.subscriber) })
io.use((socket, next) => {
  socket.data = { personId: String(socket.handshake.auth['personId']), signInId: null, kind: null, address: '', userAgent: '' }
  next()
})

async function read(sessionId: string) {
  const facts = await redis.publisher.get(`facts:${sessionId}`)
  return facts === null ? null : factsSchema.parse(JSON.parse(facts))
}

const media = createMedia(mediaConfig(), log)
await media.started
const stage = await registerStage(io, {
  processId,
  media,
  config: mediaConfig({ turnUrls: ['turn:turn.example.cn'], turnSecret: 'secret' }),
  source: {
    read,
    follow(sessionId, listener) {
      void hints.subscribe(`hint:${sessionId}`, listener)
      return () => void hints.unsubscribe(`hint:${sessionId}`, listener)
    },
  },
  // A guest's person is named by the guest's id, who has the floor by their seat's; everybody else is a resident.
  identity: {
    async actor(personId, sessionId) {
      const invited = (await read(sessionId))?.guests.some((guest) => guest.id === personId) ?? false
      return { personId, roles: invited ? ['participant', 'guest'] : ['participant'] }
    },
    async seat(personId, sessionId) {
      const guest = (await read(sessionId))?.guests.find((candidate) => candidate.id === personId)
      return guest ? { seatId: guest.id, role: 'guest', name: guest.name, post: guest.post, department: guest.department } : null
    },
    floorSeat: async (personId, sessionId) => (await read(sessionId))?.speakers.find(({ seatId }) => personId === seatId) ?? null,
  },
  redis: redis.publisher,
  log,
})
io.on('connection', stage.connection)

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ port })}\n`)
})

process.once('SIGTERM', () => {
  void stage.close().finally(() => {
    media.close()
    process.exit(0)
  })
})
