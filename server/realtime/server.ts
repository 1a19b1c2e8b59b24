import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { createAdapter } from '@socket.io/redis-adapter'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { handshakeSchema } from '../../shared/protocol/events.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { Identity } from '../accounts/identity.ts'
import { clientAddress, fromOurPages } from '../http/request.ts'
import { guardAgainstFloods } from './flood.ts'
import type { RateLimiter } from './limiter.ts'
import type { RedisPair } from './redis.ts'
import type { FangtanServer, FangtanSocket } from './types.ts'

const refused = (code: ErrorCode) => Object.assign(new Error(code), { data: { code } })

const USER_AGENT_LENGTH = 400

/** The frame's token that a connection came with. */
export const embedOf = (socket: FangtanSocket): string | undefined => handshakeSchema.safeParse(socket.handshake.auth).data?.embed

/** The Socket.IO server: who may connect, how large a message may be, how fast they may come. Handlers are added by the rooms. */
export function createSocketServer(http: HttpServer, deps: { publicUrl: string; identify: (request: IncomingMessage, embed?: string) => Promise<Identity | null>; redis: RedisPair | null; connections: RateLimiter; log: Logger }): FangtanServer {
  const { publicUrl, identify, redis, connections, log } = deps
  const io: FangtanServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: LIMITS.socketMessageBytes,
    // Compression costs several times the CPU of sending; the messages are short.
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    allowRequest: (request, callback) => callback(null, fromOurPages(request, publicUrl)),
    ...(redis ? { adapter: createAdapter(redis.publisher, redis.subscriber) } : {}),
  })

  guardAgainstFloods(io)

  io.use((socket, next) => {
    const handshake = handshakeSchema.safeParse(socket.handshake.auth)
    if (!handshake.success || handshake.data.protocol !== PROTOCOL_VERSION) return next(refused('protocol_mismatch'))
    const address = clientAddress(socket.request)
    connections
      .take(address)
      .then(() => identify(socket.request, handshake.data.embed))
      .then(
        (identity) => {
          if (!identity) return next(refused('unauthenticated'))
          socket.data = { ...identity, address, userAgent: (socket.handshake.headers['user-agent'] ?? '').slice(0, USER_AGENT_LENGTH) }
          next()
        },
        (error: unknown) => next(refused(error instanceof RefusedError ? error.refusal.code : 'internal')),
      )
  })

  io.on('connection', (socket) => {
    socket.on('error', (error) => log.debug({ err: error }, 'socket'))
  })
  return io
}
