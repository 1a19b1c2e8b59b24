import type { Guest, Phase } from '../../shared/sessions.ts'
import type { MediaAudience, MediaJoined, MediaSource, StageMedia } from '../../shared/media.ts'

/** A place at the table. For a guest it is the `Guest.id`, for a host the grant's id, for a resident who has the floor their hand's. */
export type Seat = { seatId: string; role: 'guest' | 'host' | 'resident'; name: string; post: string; department: string }

/**
 * The durable facts a room follows. `onAir`: seats on the public stage, in order; `muted`: those whose sound nobody hears; `speakers`: residents who have the floor on camera. Who is not among
 * them has no seat, whatever they had a moment ago.
 */
export type StageFacts = { phase: Phase; onAir: string[]; muted: string[]; guests: Guest[]; speakers: Seat[] }

/** One connection in a room. Only a peer with a seat may publish. */
export type PeerInfo = { id: string; audience: MediaAudience; seat: Seat | null }

/** A producer as the rules see it. */
export type ProducerFacts = { id: string; seatId: string; source: MediaSource; paused: boolean }

/** What a room tells the outside. Listeners must not throw. */
export type RoomEvents = {
  /** What this audience may see has changed; once for the whole audience. */
  stage: (audience: MediaAudience, stage: StageMedia) => void
  speaker: (audience: MediaAudience, seatId: string | null) => void
  /** This peer's seat was opened elsewhere; it is no longer in the room. */
  replaced: (peerId: string) => void
  /** This peer may not stay as it is (its seat is gone); it is no longer in the room and may try to join again. */
  expelled: (peerId: string) => void
  /** The room's worker is gone and the room with it. */
  lost: () => void
}

export type MediaStats = { workers: number; rooms: number; peers: number; producers: number; consumers: number }

/** The room's part of the answer to a join. */
export type RoomJoined = Pick<MediaJoined, 'stage' | 'routerRtpCapabilities'>
