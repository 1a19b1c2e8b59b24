import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Room } from '../media/room.ts'
import { createAttendance } from './attendance.ts'
import type { Attendance } from './attendance.ts'
import { STAGE_TIMES } from './ops.ts'
import type { MediaOps, MediaOpTable, Stages } from './ops.ts'
import type { MediaBus } from './ports.ts'
import type { RoomDirectory } from './rooms.ts'

export type MediaHost = {
  /** Answers one request about a session that this process carries, from here or from another process. */
  handle: <O extends keyof MediaOps>(op: O, input: MediaOps[O]['input']) => Promise<MediaOps[O]['output']>
  close: () => void
}

/**
 * The owner's side: requests to rooms, and the care for connections that vanish with their process.
 * A process that is silent while the line works is gone, and its connections with it.
 */
export function createMediaHost(processId: string, rooms: RoomDirectory, bus: MediaBus): MediaHost {
  const attendances = new WeakMap<Room, Attendance>()
  const emptySince = new WeakMap<Room, number>()

  function attendanceOf(room: Room): Attendance {
    const known = attendances.get(room) ?? createAttendance()
    attendances.set(room, known)
    return known
  }

  /** @throws RefusedError `media_unavailable`: join first */
  function roomOf(sessionId: string): Room {
    const room = rooms.find(sessionId)
    if (!room) throw new RefusedError('media_unavailable')
    return room
  }

  function drop(room: Room, peerIds: readonly string[]): void {
    for (const peerId of peerIds) {
      attendanceOf(room).left(peerId)
      room.leave(peerId)
    }
  }

  const table: MediaOpTable = {
    async join({ sessionId, peer, processId: at }) {
      // Somebody is given the floor and comes at once: the room must know of it, and must not take them in when the floor is gone again.
      const room = await (peer.seat?.role === 'resident' ? rooms.openCurrent(sessionId) : rooms.open(sessionId))
      const joined = room.join(peer)
      attendanceOf(room).arrived(peer.id, at, Date.now())
      return joined
    },
    async leave({ sessionId, peerId }) {
      const room = rooms.find(sessionId)
      if (room) drop(room, [peerId])
      return null
    },
    transport: async ({ sessionId, peerId, direction }) => roomOf(sessionId).openTransport(peerId, direction),
    connect: async ({ sessionId, peerId, transportId, dtlsParameters }) => roomOf(sessionId).connect(peerId, transportId, dtlsParameters),
    restart_ice: async ({ sessionId, peerId, transportId }) => roomOf(sessionId).restartIce(peerId, transportId),
    produce: async ({ sessionId, peerId, publication }) => roomOf(sessionId).publish(peerId, publication),
    producer: async ({ sessionId, peerId, producerId, action }) => roomOf(sessionId).actOnProducer(peerId, producerId, action),
    consume: async ({ sessionId, peerId, reception }) => roomOf(sessionId).receive(peerId, reception),
    consumer: async ({ sessionId, peerId, consumerId, act }) => roomOf(sessionId).actOnConsumer(peerId, consumerId, act),
    async sync({ sessionId, processId: from, peerIds, known }) {
      const room = rooms.find(sessionId)
      if (!room) return { unknown: peerIds, stages: null }
      drop(room, attendanceOf(room).heard(from, peerIds, Date.now()))
      const stages: Stages = { viewer: room.stage('viewer'), backstage: room.stage('backstage'), floor: room.stage('floor') }
      const { generation, version } = stages.viewer
      const same = known?.generation === generation && known.version === version
      return { unknown: peerIds.filter((peerId) => !room.knows(peerId)), stages: same ? null : stages }
    },
  }

  function closeWhenEmpty(sessionId: string, room: Room, now: number): void {
    if (room.peerIds().length > 0) {
      emptySince.delete(room)
      return
    }
    const since = emptySince.get(room) ?? now
    emptySince.set(room, since)
    if (now - since >= STAGE_TIMES.emptyRoom) rooms.release(sessionId)
  }

  let lastTick = Date.now()
  let steadySince = lastTick
  const timer = setInterval(() => {
    const now = Date.now()
    // After a stall of our own, this timer comes before the messages that arrived meanwhile.
    if (now - lastTick > 2 * STAGE_TIMES.sync) steadySince = now
    lastTick = now
    // Silence counts only while we could have heard.
    const lineWorked = now - Math.max(bus.upSince(), steadySince) > STAGE_TIMES.processGone
    for (const [sessionId, room] of rooms.all()) {
      if (lineWorked) drop(room, attendanceOf(room).silent(processId, now - STAGE_TIMES.processGone))
      closeWhenEmpty(sessionId, room, now)
    }
  }, STAGE_TIMES.sync)
  timer.unref()

  return {
    handle: (op, input) => table[op](input),
    close: () => clearInterval(timer),
  }
}
