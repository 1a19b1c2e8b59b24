import type { Logger } from 'pino'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { takesMedia } from '../../shared/rules/sessionLifecycle.ts'
import type { Media } from '../media/media.ts'
import type { Room } from '../media/room.ts'
import type { RoomEvents, StageFacts } from '../media/types.ts'
import { followFacts } from './follow.ts'
import type { Following } from './follow.ts'
import type { MediaOwners, StageAnnouncer, StageSource } from './ports.ts'

export type RoomDirectory = {
  /**
   * The session's room, opened when it is not.
   * @throws RefusedError `not_found`, `wrong_state` when the session takes no media now, `media_unavailable` when this process does not carry it or no worker runs
   */
  open: (sessionId: string) => Promise<Room>
  /** As {@link open}, with the session's facts as they are now, and not a moment ago. */
  openCurrent: (sessionId: string) => Promise<Room>
  /** The room if it is open. */
  find: (sessionId: string) => Room | null
  all: () => [sessionId: string, room: Room][]
  /** Ends the room and gives the session back, so that any process may carry it next. */
  release: (sessionId: string) => void
  /** Ends every room; clients are asked to join again, elsewhere. */
  close: () => void
}

type Entry = { room: Room; following: Following }

/** Opens, follows and ends the rooms of the sessions that this process carries. */
export function createRoomDirectory(media: Media, source: StageSource, owners: MediaOwners, announcer: StageAnnouncer, log: Logger): RoomDirectory {
  const entries = new Map<string, Entry>()
  const opening = new Map<string, Promise<Room>>()
  let closed = false

  function eventsOf(sessionId: string): RoomEvents {
    return {
      stage: (audience, stage) => announcer.stage(sessionId, audience, stage),
      speaker: (audience, seatId) => announcer.speaker(sessionId, audience, seatId),
      replaced: (peerId) => announcer.replaced(sessionId, peerId),
      expelled: (peerId) => announcer.restartPeer(sessionId, peerId),
      lost() {
        forget(sessionId)
        announcer.restart(sessionId)
      },
    }
  }

  function forget(sessionId: string): Entry | null {
    const entry = entries.get(sessionId) ?? null
    entries.delete(sessionId)
    entry?.following.stop()
    return entry
  }

  function release(sessionId: string): void {
    forget(sessionId)?.room.close()
    owners.release(sessionId).catch((error: unknown) => log.warn({ err: error, sessionId }, 'media claim not given back; it ends by itself'))
  }

  function apply(sessionId: string, facts: StageFacts | null): void {
    const entry = entries.get(sessionId)
    if (!entry) return
    if (facts) entry.room.setFacts(facts)
    if (!facts || !takesMedia(facts.phase)) release(sessionId)
  }

  async function openNew(sessionId: string): Promise<Room> {
    // Followed before the first read: a commit between the two is not missed.
    const following = followFacts(
      source,
      sessionId,
      (facts) => apply(sessionId, facts),
      (error) => log.error({ err: error, sessionId }, 'stage could not be read; the room keeps what it knew'),
    )
    try {
      const facts = await source.read(sessionId)
      if (!facts) throw new RefusedError('not_found')
      if (!takesMedia(facts.phase)) throw new RefusedError('wrong_state')
      const room = await media.openRoom(facts, eventsOf(sessionId))
      if (closed || !owners.holds(sessionId)) {
        room.close()
        throw new RefusedError('media_unavailable')
      }
      entries.set(sessionId, { room, following })
      following.refresh()
      return room
    } catch (error) {
      following.stop()
      // Another process may have what this one lacks.
      if (owners.holds(sessionId)) release(sessionId)
      throw error
    }
  }

  const stopLost = owners.onLost((sessionId) => {
    const entry = forget(sessionId)
    if (!entry) return
    entry.room.close()
    announcer.restart(sessionId)
  })

  async function open(sessionId: string): Promise<Room> {
    if (closed || !owners.holds(sessionId)) throw new RefusedError('media_unavailable')
    const known = entries.get(sessionId)
    if (known) return known.room
    const pending = opening.get(sessionId) ?? openNew(sessionId).finally(() => opening.delete(sessionId))
    opening.set(sessionId, pending)
    return pending
  }

  return {
    open,
    async openCurrent(sessionId) {
      const room = await open(sessionId)
      await entries.get(sessionId)?.following.current()
      return room
    },
    find: (sessionId) => entries.get(sessionId)?.room ?? null,
    all: () => [...entries].map(([sessionId, { room }]) => [sessionId, room]),
    release,
    close() {
      if (closed) return
      closed = true
      stopLost()
      for (const sessionId of [...entries.keys()]) {
        release(sessionId)
        announcer.restart(sessionId)
      }
    },
  }
}
