import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { mediaAudienceSchema } from '../../shared/media.ts'
import type { MediaConfig } from '../config.ts'
import { iceServers } from '../media/ice.ts'
import type { Media } from '../media/media.ts'
import type { RedisClient } from '../realtime/redis.ts'
import type { FangtanServer, FangtanSocket } from '../realtime/types.ts'
import { audienceRoom, createStageAnnouncer } from './announcer.ts'
import { createNoBus, createRedisBus } from './bus.ts'
import { createMediaHost } from './host.ts'
import { createMembers } from './members.ts'
import { createRedisOwners, createSoleOwner } from './owners.ts'
import type { Identity, StageSource } from './ports.ts'
import { createRoomDirectory } from './rooms.ts'
import { createStageService } from './service.ts'
import { serveStage } from './socket.ts'

export type StageDeps = {
  /** Of this process, unique among all; a new one at every start. */
  processId: string
  media: Media
  config: Pick<MediaConfig, 'turnUrls' | 'turnSecret'>
  source: StageSource
  identity: Identity
  /** Connected, with the Redis adapter on `io`; null when there is only this process. */
  redis: RedisClient | null
  log: Logger
}

export type Stage = {
  /** Serves one connection until it is gone. */
  connection: (socket: FangtanSocket) => void
  /** Ends all rooms of this process; their clients are asked to join again. Before closing `io`, `media` and Redis. */
  close: () => Promise<void>
}

/** Wires the stage to the sockets, to the sessions and to the other processes. */
export async function registerStage(io: FangtanServer, deps: StageDeps): Promise<Stage> {
  const { processId, media, redis, log } = deps
  const owners = redis ? createRedisOwners(redis, processId, log) : createSoleOwner(processId)
  const bus = redis ? await createRedisBus(redis, processId, log) : createNoBus()
  const announcer = createStageAnnouncer(io)
  const rooms = createRoomDirectory(media, deps.source, owners, announcer, log)
  const host = createMediaHost(processId, rooms, bus)
  const members = createMembers(processId, bus, {
    lost: (sessionId, peerIds) => void io.local.to(peerIds).emit('media:restart', { sessionId }),
    stages(sessionId, stages) {
      for (const audience of mediaAudienceSchema.options) io.local.to(audienceRoom(sessionId, audience)).emit('media:stage', { sessionId, stage: stages[audience] })
    },
  })
  const service = createStageService({
    processId,
    mayHost: media.ready,
    identity: deps.identity,
    owners,
    bus,
    host,
    members,
    iceServers: () => iceServers(deps.config, Date.now(), randomUUID().slice(0, 8)),
  })
  bus.answer(host.handle)

  return {
    connection: (socket) => serveStage(socket, service, log),
    async close() {
      members.close()
      host.close()
      rooms.close()
      await owners.close()
      await bus.close()
    },
  }
}
