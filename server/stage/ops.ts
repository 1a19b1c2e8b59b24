import type { MediaAudience, MediaConsumer, MediaTransport, StageMedia } from '../../shared/media.ts'
import type { DtlsParameters, IceParameters } from '../../shared/rtp.ts'
import type { ConsumerAction, Reception } from '../media/consumers.ts'
import type { Direction } from '../media/peer.ts'
import type { ProducerAction, Publication } from '../media/producers.ts'
import type { PeerInfo, RoomJoined } from '../media/types.ts'

/** Tells one state of a room from all others. */
export type StateNumber = Pick<StageMedia, 'generation' | 'version'>
/** One state of a room as each audience sees it. */
export type Stages = Record<MediaAudience, StageMedia>

type Op<Input, Output> = { input: { sessionId: string } & Input; output: Output }
type OfPeer<Input, Output> = Op<{ peerId: string } & Input, Output>

/** What the process that holds a connection asks of the process that carries the session's media. Already authorised; JSON both ways. */
export type MediaOps = {
  /** `processId`: where the connection is. */
  join: Op<{ peer: PeerInfo; processId: string }, RoomJoined>
  leave: OfPeer<object, null>
  transport: OfPeer<{ direction: Direction }, MediaTransport>
  connect: OfPeer<{ transportId: string; dtlsParameters: DtlsParameters }, null>
  restart_ice: OfPeer<{ transportId: string }, { iceParameters: IceParameters }>
  produce: OfPeer<{ publication: Publication }, { producerId: string }>
  producer: OfPeer<{ producerId: string; action: ProducerAction }, null>
  consume: OfPeer<{ reception: Reception }, MediaConsumer>
  consumer: OfPeer<{ consumerId: string; act: ConsumerAction }, null>
  /**
   * "These of my connections are in the session, and this is the last state I know of": the other connections are gone. Answers those that the room does not know,
   * and the state if it is another - messages between processes may be lost.
   */
  sync: Op<{ processId: string; peerIds: string[]; known: StateNumber | null }, { unknown: string[]; stages: Stages | null }>
}

export type MediaOpTable = { [O in keyof MediaOps]: (input: MediaOps[O]['input']) => Promise<MediaOps[O]['output']> }

/** Milliseconds. */
export const STAGE_TIMES = {
  /** An answer later than this counts as none; shorter than the client's own patience. */
  busRequest: 5_000,
  /** How often processes compare who is connected, and claims are renewed. */
  sync: 1_500,
  /** A process not heard of for this long, while the line between us works, is gone. */
  processGone: 8_000,
  /** An owner that cannot be reached for this long, while the line works, is gone; its claim ends at about the same time. */
  ownerGone: 5_000,
  lease: 6_000,
  /** A room that nobody is in is closed after this. */
  emptyRoom: 30_000,
} as const
