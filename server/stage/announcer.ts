import { mediaAudienceSchema } from '../../shared/media.ts'
import type { MediaAudience } from '../../shared/media.ts'
import type { FangtanServer } from '../realtime/types.ts'
import type { StageAnnouncer } from './ports.ts'

/** Socket.IO room of everybody who sees the stage as this audience. */
export const audienceRoom = (sessionId: string, audience: MediaAudience) => `media:${sessionId}:${audience}`

export function audienceRooms(sessionId: string): string[] {
  return mediaAudienceSchema.options.map((audience) => audienceRoom(sessionId, audience))
}

/** Tells the clients of every process, one message per audience. */
export function createStageAnnouncer(io: FangtanServer): StageAnnouncer {
  return {
    stage: (sessionId, audience, stage) => void io.to(audienceRoom(sessionId, audience)).emit('media:stage', { sessionId, stage }),
    speaker: (sessionId, audience, speaker) => void io.to(audienceRoom(sessionId, audience)).emit('media:speaker', { sessionId, speaker }),
    restart: (sessionId) => void io.to(audienceRooms(sessionId)).emit('media:restart', { sessionId }),
    restartPeer: (sessionId, peerId) => void io.to(peerId).emit('media:restart', { sessionId }),
    replaced(sessionId, peerId) {
      io.to(peerId).emit('media:replaced', { sessionId })
      io.in(peerId).socketsLeave(audienceRooms(sessionId))
    },
  }
}
