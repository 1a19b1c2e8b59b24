import type { types } from 'mediasoup'
import type { Logger } from 'pino'
import { MEDIA_TIMES } from './settings.ts'

/** More than one: after a stall of our own, the timer comes before the answer that has long arrived. */
const MISSED_MAX = 2

function kill(worker: types.Worker): void {
  try {
    process.kill(worker.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** Ends a worker, also one that can no longer be told to. */
export function endWorker(worker: types.Worker): void {
  try {
    worker.close()
  } catch {
    kill(worker)
  }
}

/**
 * Kills a worker that does not answer - hung, or its line of requests broken - so that it is replaced like one that died. A worker that merely closed would keep its port while it hangs.
 * @returns its undo
 */
export function watchHealth(worker: types.Worker, log: Logger): () => void {
  let unanswered = 0
  const failed = (error: unknown) => {
    if (worker.closed) return
    log.error({ err: error, pid: worker.pid }, 'media worker does not answer')
    kill(worker)
  }
  const timer = setInterval(() => {
    if (unanswered >= MISSED_MAX) return failed(new Error('no answer'))
    if (unanswered++ > 0) return
    worker
      .getResourceUsage()
      .then(() => {
        unanswered = 0
      })
      .catch(failed)
  }, MEDIA_TIMES.healthCheck)
  timer.unref()
  return () => clearInterval(timer)
}
