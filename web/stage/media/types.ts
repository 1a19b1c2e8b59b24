import type { MediaSource } from '../../../shared/media.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { Connection } from '../../net/types.ts'

/** The part of the line to the server that media needs. */
export type MediaLink = Pick<Connection, 'request' | 'on' | 'onReconnect'>

/** What the parts of one joined room share. */
export type MediaContext = {
  link: MediaLink
  sessionId: string
  /** Something broke for good: this room must be left and joined again. */
  lost(): void
  /** A connection came up or went down. */
  changed(): void
  /** Throws `RoomClosed` once the room is closed: called after each wait. */
  assertOpen(): void
}

/** Ends whatever was under way in a room that has been closed meanwhile. Not an error to be shown. */
export class RoomClosed extends Error {}

/** A local track to be sent. With `track` null or `paused`, others are told that it is off. */
export type Publication = { track: MediaStreamTrack | null; paused: boolean }
export type Publications = ReadonlyMap<MediaSource, Publication>

export type PublishRefused = (source: MediaSource, refusal: Refusal) => void
