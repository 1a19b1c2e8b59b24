import type { Logger } from 'pino'
import {
  mediaConnectSchema,
  mediaConsumeSchema,
  mediaConsumerSchema,
  mediaJoinSchema,
  mediaLeaveSchema,
  mediaProduceSchema,
  mediaProducerSchema,
  mediaRestartIceSchema,
  mediaTransportSchema,
} from '../../shared/media.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import { audienceRoom, audienceRooms } from './announcer.ts'
import type { StageService, Visitor } from './service.ts'

/** Connects one socket to the stage; what it holds there ends with it. */
export function serveStage(socket: FangtanSocket, service: StageService, log: Logger): void {
  const visitor: Visitor = {
    id: socket.id,
    personId: socket.data.personId,
    present: () => socket.connected,
    enter: (sessionId, audience) => void socket.join(audienceRoom(sessionId, audience)),
    exit(sessionId) {
      for (const room of audienceRooms(sessionId)) void socket.leave(room)
    },
  }

  socket.on('media:join', handler(mediaJoinSchema, (wanted) => service.join(visitor, wanted), log, 'media:join'))
  socket.on('media:leave', handler(mediaLeaveSchema, ({ sessionId }) => service.leave(visitor, sessionId), log, 'media:leave'))
  socket.on('media:transport', handler(mediaTransportSchema, ({ sessionId, direction }) => service.openTransport(visitor, sessionId, direction), log, 'media:transport'))
  socket.on(
    'media:connect',
    handler(mediaConnectSchema, ({ sessionId, transportId, dtlsParameters }) => service.connect(visitor, sessionId, transportId, dtlsParameters), log, 'media:connect'),
  )
  socket.on('media:restart_ice', handler(mediaRestartIceSchema, ({ sessionId, transportId }) => service.restartIce(visitor, sessionId, transportId), log, 'media:restart_ice'))
  socket.on('media:produce', handler(mediaProduceSchema, ({ sessionId, ...publication }) => service.publish(visitor, sessionId, publication), log, 'media:produce'))
  socket.on(
    'media:producer',
    handler(mediaProducerSchema, ({ sessionId, producerId, action }) => service.actOnProducer(visitor, sessionId, producerId, action), log, 'media:producer'),
  )
  socket.on('media:consume', handler(mediaConsumeSchema, ({ sessionId, ...reception }) => service.receive(visitor, sessionId, reception), log, 'media:consume'))
  socket.on(
    'media:consumer',
    handler(mediaConsumerSchema, ({ sessionId, consumerId, ...act }) => service.actOnConsumer(visitor, sessionId, consumerId, act), log, 'media:consumer'),
  )
  socket.on('disconnect', () => service.vanished(visitor))
}
