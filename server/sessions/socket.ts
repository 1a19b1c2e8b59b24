import type { Logger } from 'pino'
import { cutSchema } from '../../shared/administration.ts'
import { chatSettingsSchema } from '../../shared/chat.ts'
import { stageAdmitSchema, stageMuteSchema } from '../../shared/media.ts'
import { setIntakeSchema } from '../../shared/moderation.ts'
import { sessionJoinSchema, sessionLeaveSchema, sessionPhaseSchema } from '../../shared/protocol/events.ts'
import type { SessionJoin, SessionJoined } from '../../shared/protocol/events.ts'
import type { Fanout } from '../realtime/fanout.ts'
import { handler } from '../realtime/handle.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { Presence } from '../realtime/presence.ts'
import { audienceRoom, personRoom } from '../realtime/rooms.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { CutService } from './cutting.ts'
import type { MutingService } from './muting.ts'
import type { SessionService } from './service.ts'
import type { SyncService } from './sync.ts'

/** Sessions that one connection may follow at a time. */
const SESSIONS_PER_SOCKET = 4

/** @param deps.limits joins of the audience, per person and per address: each may be answered with the whole of a large session */
export function sessionSockets(deps: { service: SessionService; muting: MutingService; cuts: CutService; sync: SyncService; fanout: Fanout; presence: Presence; limits: { person: RateLimiter; address: RateLimiter }; log: Logger }) {
  const { service, muting, cuts, sync, fanout, presence, limits, log } = deps

  return (socket: FangtanSocket): void => {
    const { personId, address } = socket.data
    const joined = new Map<string, SessionJoin['as']>()

    function leave(sessionId: string): void {
      const as = joined.get(sessionId)
      if (!as) return
      joined.delete(sessionId)
      void socket.leave(audienceRoom(sessionId, as))
      void socket.leave(personRoom(sessionId, personId))
      if (as === 'participant') presence.leave(sessionId, personId)
    }

    function enter({ sessionId, as }: SessionJoin): void {
      leave(sessionId)
      if (!socket.connected) return
      const oldest = joined.keys().next().value
      if (joined.size >= SESSIONS_PER_SOCKET && oldest !== undefined) leave(oldest)
      joined.set(sessionId, as)
      void socket.join([audienceRoom(sessionId, as), personRoom(sessionId, personId)])
      if (as === 'participant') presence.enter(sessionId, personId)
    }

    async function join(input: SessionJoin): Promise<SessionJoined> {
      await sync.authorise(personId, input)
      if (input.as === 'participant') await Promise.all([limits.person.take(personId), limits.address.take(address)])
      await fanout.follow(input.sessionId)
      // Into the rooms before the reading: what is committed meanwhile is then kept by the client until its answer, and nothing falls between.
      enter(input)
      try {
        return await sync.join(personId, input)
      } catch (error) {
        leave(input.sessionId)
        throw error
      }
    }

    socket.on('session:join', handler(sessionJoinSchema, join, log, 'session:join'))
    socket.on('session:leave', handler(sessionLeaveSchema, async ({ sessionId }) => (leave(sessionId), null), log, 'session:leave'))
    socket.on('session:phase', handler(sessionPhaseSchema, async (input) => ({ session: await service.phase(personId, input, address) }), log, 'session:phase'))
    socket.on('session:cut', handler(cutSchema, (input) => cuts.cut(personId, input, address), log, 'session:cut'))
    socket.on('stage:admit', handler(stageAdmitSchema, async (input) => ({ stage: await service.admit(personId, input) }), log, 'stage:admit'))
    socket.on('stage:mute', handler(stageMuteSchema, async (input) => ({ stage: await muting.mute(personId, input) }), log, 'stage:mute'))
    socket.on('chat:settings', handler(chatSettingsSchema, (input) => service.chatSettings(personId, input), log, 'chat:settings'))
    socket.on('session:intake', handler(setIntakeSchema, (input) => service.intake(personId, input), log, 'session:intake'))
    socket.on('disconnect', () => {
      for (const sessionId of [...joined.keys()]) leave(sessionId)
    })
  }
}
