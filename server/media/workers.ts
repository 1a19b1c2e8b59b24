import { networkInterfaces } from 'node:os'
import { createWorker } from 'mediasoup'
import type { types } from 'mediasoup'
import type { Logger } from 'pino'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaConfig } from '../config.ts'
import { endWorker, watchHealth } from './health.ts'
import { listenInfos } from './listen.ts'
import { MEDIA_TIMES } from './settings.ts'

/** A running worker process with the one server on which all its transports are reached. */
export type MediaWorker = { worker: types.Worker; webRtcServer: types.WebRtcServer }

/** `cpuMs`: user and system time since the worker started; `maxRssKb`: its largest resident set. */
export type WorkerUsage = { pid: number; cpuMs: number; maxRssKb: number }

export type WorkerPool = {
  /** Resolves when every worker has been tried once, whether it runs or not. */
  started: Promise<void>
  running: () => number
  /**
   * The worker with the least of `load`. Waits a little for one that is being replaced.
   * @throws RefusedError `media_unavailable` when none runs
   */
  acquire: (load: (worker: MediaWorker) => number) => Promise<MediaWorker>
  usage: () => Promise<WorkerUsage[]>
  close: () => void
}

/** Keeps `config.workers` workers running: a dead one is started again after a wait that grows while it keeps dying. */
export function createWorkerPool(config: MediaConfig, log: Logger): WorkerPool {
  const slots: (MediaWorker | null)[] = Array.from({ length: config.workers }, () => null)
  const timers = new Set<NodeJS.Timeout>()
  const waiting = new Set<() => void>()
  let closed = false
  let complained = false

  async function launch(index: number): Promise<MediaWorker> {
    const worker = await createWorker({ logLevel: 'error', ...(config.workerBin === null ? {} : { workerBin: config.workerBin }) })
    try {
      return { worker, webRtcServer: await worker.createWebRtcServer({ listenInfos: listenInfos(config, index, networkInterfaces()) }) }
    } catch (error) {
      endWorker(worker)
      throw error
    }
  }

  async function fill(index: number, failures: number): Promise<void> {
    let running: MediaWorker
    try {
      running = await launch(index)
    } catch (error) {
      if (closed) return
      // Said once, not at every attempt: the host may simply have no worker.
      log[complained ? 'debug' : 'error']({ err: error, index }, 'media worker does not start; without one there is no picture and no sound')
      complained = true
      retry(index, failures + 1)
      return
    }
    const startedAt = Date.now()
    if (closed) return endWorker(running.worker)
    slots[index] = running
    complained = false
    log.info({ index, pid: running.worker.pid }, 'media worker runs')
    const stopWatching = watchHealth(running.worker, log)
    running.worker.observer.once('close', () => {
      stopWatching()
      if (slots[index] === running) slots[index] = null
    })
    // Not at every close: on SIGTERM mediasoup closes its workers itself, and the process ends soon.
    running.worker.on('died', (error) => {
      if (closed) return
      log.error({ err: error, index, pid: running.worker.pid }, 'media worker died; starting another')
      retry(index, Date.now() - startedAt > MEDIA_TIMES.respawnForgiven ? 0 : failures)
    })
    for (const wake of waiting) wake()
  }

  function retry(index: number, failures: number): void {
    const wait = MEDIA_TIMES.respawn[Math.min(failures, MEDIA_TIMES.respawn.length - 1)]
    const timer = setTimeout(() => {
      timers.delete(timer)
      void fill(index, failures + 1)
    }, wait)
    timer.unref()
    timers.add(timer)
  }

  const alive = () => slots.filter((slot) => slot !== null)

  function nextRunning(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, MEDIA_TIMES.workerWait)
      waiting.add(wake)
    })
  }

  const started = Promise.all(slots.map((_, index) => fill(index, 0))).then(() => undefined)

  return {
    started,
    running: () => alive().length,
    async acquire(load) {
      if (alive().length === 0 && config.workers > 0 && !complained && !closed) await nextRunning()
      const [best] = alive().toSorted((a, b) => load(a) - load(b))
      if (!best || closed) throw new RefusedError('media_unavailable')
      return best
    },
    usage: () =>
      Promise.all(
        alive().map(async ({ worker }) => {
          const usage = await worker.getResourceUsage()
          return { pid: worker.pid, cpuMs: usage.ru_utime + usage.ru_stime, maxRssKb: usage.ru_maxrss }
        }),
      ),
    close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      for (const wake of waiting) wake()
      for (const { worker } of alive()) endWorker(worker)
    },
  }
}
