import { RefusedError } from '../../shared/protocol/errors.ts'
import { may } from '../../shared/rules/permissions.ts'
import type { Permission } from '../../shared/rules/permissions.ts'
import type { IceServer, MediaAudience, MediaConsumer, MediaJoin, MediaJoined, MediaTransport } from '../../shared/media.ts'
import type { DtlsParameters, IceParameters } from '../../shared/rtp.ts'
import type { ConsumerAction, Reception } from '../media/consumers.ts'
import type { Direction } from '../media/peer.ts'
import type { Seat } from '../media/types.ts'
import type { ProducerAction, Publication } from '../media/producers.ts'
import type { MediaHost } from './host.ts'
import type { Members } from './members.ts'
import type { MediaOps } from './ops.ts'
import { UnreachableError } from './ports.ts'
import type { Identity, MediaBus, MediaOwners } from './ports.ts'

/** One connection of this process. */
export type Visitor = {
  id: string
  personId: string
  /** Asked after every wait. */
  present: () => boolean
  /** Is told from now on what this audience is told. */
  enter: (sessionId: string, audience: MediaAudience) => void
  /** Is told nothing more of this session's stage. */
  exit: (sessionId: string) => void
}

/** A page is in one session; a host with a desk and a look at another is in two. */
const SESSIONS_MAX = 4

export type StageService = {
  /** @throws RefusedError `forbidden`, `not_found`, `wrong_state`, `media_unavailable` */
  join: (visitor: Visitor, wanted: MediaJoin) => Promise<MediaJoined>
  /** Never refused: what is not there is left already. */
  leave: (visitor: Visitor, sessionId: string) => Promise<null>
  openTransport: (visitor: Visitor, sessionId: string, direction: Direction) => Promise<MediaTransport>
  connect: (visitor: Visitor, sessionId: string, transportId: string, dtlsParameters: DtlsParameters) => Promise<null>
  restartIce: (visitor: Visitor, sessionId: string, transportId: string) => Promise<{ iceParameters: IceParameters }>
  publish: (visitor: Visitor, sessionId: string, publication: Publication) => Promise<{ producerId: string }>
  actOnProducer: (visitor: Visitor, sessionId: string, producerId: string, action: ProducerAction) => Promise<null>
  receive: (visitor: Visitor, sessionId: string, reception: Reception) => Promise<MediaConsumer>
  actOnConsumer: (visitor: Visitor, sessionId: string, consumerId: string, act: ConsumerAction) => Promise<null>
  /** The connection is gone. */
  vanished: (visitor: Visitor) => void
}

export type StageServiceDeps = {
  processId: string
  /** Whether this process may carry a session's media now. */
  mayHost: () => boolean
  identity: Identity
  owners: MediaOwners
  bus: MediaBus
  host: MediaHost
  members: Members
  iceServers: () => IceServer[]
}

/** Use cases of the stage: who may, and which process is asked. What a connection has is guarded by its being in the room under its own id. */
export function createStageService(deps: StageServiceDeps): StageService {
  const { processId, identity, owners, bus, host, members } = deps

  /** @throws RefusedError `forbidden` */
  async function authorise(visitor: Visitor, sessionId: string, permission: Permission): Promise<void> {
    if (!may(await identity.actor(visitor.personId, sessionId), permission)) throw new RefusedError('forbidden')
  }

  /** A guest, a host, or a resident who has the floor now. Which of them a connection is, its room knows. @throws RefusedError `forbidden` */
  async function authoriseSending({ personId }: Visitor, sessionId: string): Promise<void> {
    if (may(await identity.actor(personId, sessionId), 'stage.publish')) return
    if (!(await identity.floorSeat(personId, sessionId))) throw new RefusedError('forbidden')
  }

  /** The seat in which this person joins as `audience`. @throws RefusedError `forbidden` */
  async function seatFor(visitor: Visitor, { sessionId, audience, seat: preferred }: MediaJoin): Promise<Seat | null> {
    switch (audience) {
      case 'viewer':
        return null
      case 'backstage':
        await authorise(visitor, sessionId, 'stage.view_backstage')
        return identity.seat(visitor.personId, sessionId, preferred)
      case 'floor': {
        const seat = await identity.floorSeat(visitor.personId, sessionId)
        if (!seat) throw new RefusedError('forbidden')
        return seat
      }
    }
  }

  async function ask<O extends keyof MediaOps>(ownerId: string, op: O, input: MediaOps[O]['input']): Promise<MediaOps[O]['output']> {
    if (ownerId === processId) return host.handle(op, input)
    try {
      return await bus.request(ownerId, op, input)
    } catch (error) {
      if (error instanceof UnreachableError) throw new RefusedError('media_unavailable')
      throw error
    }
  }

  /** @throws RefusedError `media_unavailable` when the connection is not in the session: join first */
  function askOwn<O extends keyof MediaOps>(visitor: Visitor, op: O, input: MediaOps[O]['input']): Promise<MediaOps[O]['output']> {
    const ownerId = members.owner(input.sessionId, visitor.id)
    if (ownerId === null) return Promise.reject(new RefusedError('media_unavailable'))
    return ask(ownerId, op, input)
  }

  /** Told once and not waited for: an owner that does not hear it finds out by comparing. */
  function tellLeft(sessionId: string, peerId: string, ownerId: string): void {
    ask(ownerId, 'leave', { sessionId, peerId }).catch(() => undefined)
  }

  function drop(visitor: Visitor, sessionId: string): void {
    visitor.exit(sessionId)
    const ownerId = members.remove(sessionId, visitor.id)
    if (ownerId !== null) tellLeft(sessionId, visitor.id, ownerId)
  }

  return {
    async join(visitor, wanted) {
      const { sessionId, audience } = wanted
      const seat = await seatFor(visitor, wanted)
      const ownerId = await owners.owner(sessionId, deps.mayHost())
      if (ownerId === null || !visitor.present()) throw new RefusedError('media_unavailable')
      const before = members.owner(sessionId, visitor.id)
      if (before === null && members.sessionsOf(visitor.id).length >= SESSIONS_MAX) throw new RefusedError('rate_limited')
      if (before !== null && before !== ownerId) tellLeft(sessionId, visitor.id, before)
      const attempt = members.joining(sessionId, visitor.id, ownerId)
      // Before the owner is asked, so that no change falls between its answer and the first message; leaving first, the audience may be another.
      visitor.exit(sessionId)
      visitor.enter(sessionId, audience)
      try {
        const joined = await ask(ownerId, 'join', { sessionId, peer: { id: visitor.id, audience, seat }, processId })
        if (!visitor.present() || !members.joined(sessionId, visitor.id, attempt)) throw new RefusedError('media_unavailable')
        return { ...joined, seatId: seat?.seatId ?? null, iceServers: deps.iceServers() }
      } catch (error) {
        // A later attempt of the same connection stands.
        if (members.isLatest(sessionId, visitor.id, attempt)) drop(visitor, sessionId)
        throw error
      }
    },
    async leave(visitor, sessionId) {
      drop(visitor, sessionId)
      return null
    },
    async openTransport(visitor, sessionId, direction) {
      if (direction === 'send') await authoriseSending(visitor, sessionId)
      return askOwn(visitor, 'transport', { sessionId, peerId: visitor.id, direction })
    },
    connect: (visitor, sessionId, transportId, dtlsParameters) => askOwn(visitor, 'connect', { sessionId, peerId: visitor.id, transportId, dtlsParameters }),
    restartIce: (visitor, sessionId, transportId) => askOwn(visitor, 'restart_ice', { sessionId, peerId: visitor.id, transportId }),
    async publish(visitor, sessionId, publication) {
      await authoriseSending(visitor, sessionId)
      return askOwn(visitor, 'produce', { sessionId, peerId: visitor.id, publication })
    },
    actOnProducer: (visitor, sessionId, producerId, action) => askOwn(visitor, 'producer', { sessionId, peerId: visitor.id, producerId, action }),
    receive: (visitor, sessionId, reception) => askOwn(visitor, 'consume', { sessionId, peerId: visitor.id, reception }),
    actOnConsumer: (visitor, sessionId, consumerId, act) => askOwn(visitor, 'consumer', { sessionId, peerId: visitor.id, consumerId, act }),
    vanished(visitor) {
      for (const sessionId of members.sessionsOf(visitor.id)) drop(visitor, sessionId)
    },
  }
}
