import type { Logger } from 'pino'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaConfig } from '../config.ts'
import { createRoom } from './room.ts'
import type { Room } from './room.ts'
import type { MediaStats, RoomEvents, StageFacts } from './types.ts'
import { createWorkerPool } from './workers.ts'
import type { MediaWorker, WorkerUsage } from './workers.ts'

export type Media = {
  /** Resolves when every worker has been tried once. Never rejects: without a worker the rest of the server still serves. */
  started: Promise<void>
  /** Whether a room could be opened now. */
  ready: () => boolean
  /** Whether this process is meant to carry media at all. */
  enabled: boolean
  /**
   * A room on the least loaded worker.
   * @throws RefusedError `media_unavailable` when no worker runs
   */
  openRoom: (facts: StageFacts, events: RoomEvents) => Promise<Room>
  stats: () => MediaStats
  /** CPU and memory of each worker process, for the metrics. */
  usage: () => Promise<WorkerUsage[]>
  /** Ends every room and worker; a second call does nothing. */
  close: () => void
}

export function createMedia(config: MediaConfig, log: Logger): Media {
  const pool = createWorkerPool(config, log)
  const rooms = new Map<Room, MediaWorker>()
  let closed = false

  function load(worker: MediaWorker): number {
    const own = [...rooms].filter(([, at]) => at === worker).map(([room]) => room.counts())
    return own.reduce((sum, counts) => sum + 1 + counts.consumers + counts.producers, 0)
  }

  return {
    started: pool.started,
    ready: () => !closed && pool.running() > 0,
    enabled: config.workers > 0,
    async openRoom(facts, events) {
      const worker = await pool.acquire(load)
      const room = await createRoom(worker, facts, {
        ...events,
        lost() {
          rooms.delete(tracked)
          events.lost()
        },
      })
      if (closed) {
        room.close()
        throw new RefusedError('media_unavailable')
      }
      const tracked: Room = {
        ...room,
        close() {
          rooms.delete(tracked)
          room.close()
        },
      }
      rooms.set(tracked, worker)
      return tracked
    },
    stats() {
      const counts = [...rooms.keys()].map((room) => room.counts())
      const sum = (of: (count: ReturnType<Room['counts']>) => number) => counts.reduce((total, count) => total + of(count), 0)
      return { workers: pool.running(), rooms: rooms.size, peers: sum((c) => c.peers), producers: sum((c) => c.producers), consumers: sum((c) => c.consumers) }
    },
    usage: pool.usage,
    close() {
      closed = true
      for (const room of [...rooms.keys()]) room.close()
      pool.close()
    },
  }
}
