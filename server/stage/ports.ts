import type { MediaAudience, StageMedia } from '../../shared/media.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import type { Seat, StageFacts } from '../media/types.ts'
import type { MediaOps } from './ops.ts'

/** The durable side of the stage, kept by the sessions. */
export type StageSource = {
  /** The facts as last committed, by whichever process; null when there is no such session. */
  read: (sessionId: string) => Promise<StageFacts | null>
  /** Calls `listener` after every commit that may have changed them, of this or another process, until the returned undo is called. Calling too often does no harm. */
  follow: (sessionId: string, listener: () => void) => () => void
}

export type Identity = {
  actor: (personId: string, sessionId: string) => Promise<Actor>
  /** The person's place at the table; null for everybody who has none. Who has a guest's and a host's gets the `preferred` one. */
  seat: (personId: string, sessionId: string, preferred?: 'guest' | 'host') => Promise<Seat | null>
  /** The seat of a resident who has the floor on camera, for as long as they have it; null for everybody else. */
  floorSeat: (personId: string, sessionId: string) => Promise<Seat | null>
}

/** Which process carries a session's media. A claim ends by itself when its process no longer renews it. */
export type MediaOwners = {
  /** The owner, after claiming the session for this process when nobody has it and `mayHost`; null when nobody has it. */
  owner: (sessionId: string, mayHost: boolean) => Promise<string | null>
  holds: (sessionId: string) => boolean
  release: (sessionId: string) => Promise<void>
  /** A session that this process carried belongs to another now. */
  onLost: (listener: (sessionId: string) => void) => () => void
  /** Gives all claims back. */
  close: () => Promise<void>
}

/** Answers a request that came in from another process. */
export type BusAnswer = <O extends keyof MediaOps>(op: O, input: MediaOps[O]['input']) => Promise<MediaOps[O]['output']>

/** Requests between processes. */
export type MediaBus = {
  /**
   * @throws RefusedError what the other process refused with, or `media_unavailable`
   * @throws UnreachableError when that process does not listen or answer
   */
  request: <O extends keyof MediaOps>(processId: string, op: O, input: MediaOps[O]['input']) => Promise<MediaOps[O]['output']>
  answer: (answer: BusAnswer) => void
  /** Milliseconds since the epoch from which the bus has worked without a break; Infinity while it does not. */
  upSince: () => number
  close: () => Promise<void>
}

/** The other process is not there. Not the same as our own line being cut: that says nothing about it. */
export class UnreachableError extends Error {}

/** Messages to clients, of all processes. */
export type StageAnnouncer = {
  stage: (sessionId: string, audience: MediaAudience, stage: StageMedia) => void
  speaker: (sessionId: string, audience: MediaAudience, seatId: string | null) => void
  /** To everybody in the session. */
  restart: (sessionId: string) => void
  /** To one connection. */
  restartPeer: (sessionId: string, peerId: string) => void
  replaced: (sessionId: string, peerId: string) => void
}
