import { RefusedError } from '../../shared/protocol/errors.ts'
import type { StageFacts } from '../media/types.ts'
import type { StageSource } from './ports.ts'

/** Milliseconds after which a read that failed is tried again: who was taken off the stage, or cut off, must not be seen until somebody does something else. */
const RETRY_AFTER = 500

export type Following = {
  /** Reads again soon; calls during a read become one more read. */
  refresh: () => void
  /** Reads again and resolves when that is applied: what was committed before the call is known then. Rejects when it cannot be read, or nothing is followed any more. */
  current: () => Promise<void>
  stop: () => void
}

/** Keeps `apply` informed of a session's facts: read again after each hint, one read at a time, the last read always begun after the last hint. One that fails is tried again until it succeeds. */
export function followFacts(source: StageSource, sessionId: string, apply: (facts: StageFacts | null) => void, failed: (error: unknown) => void): Following {
  let reading = false
  let again = false
  let stopped = false
  let retry: NodeJS.Timeout | null = null
  /** Who waits for the next read. */
  let asked: PromiseWithResolvers<void>[] = []

  async function readOnce(): Promise<void> {
    const facts = await source.read(sessionId).catch((error: unknown) => {
      if (!stopped) retry = setTimeout(refresh, RETRY_AFTER)
      throw error
    })
    if (!stopped) apply(facts)
  }

  async function readWhileAsked(): Promise<void> {
    reading = true
    try {
      while (again && !stopped) {
        again = false
        const waiting = asked
        asked = []
        try {
          await readOnce()
          for (const one of waiting) {
            if (stopped) one.reject(new RefusedError('media_unavailable'))
            else one.resolve()
          }
        } catch (error) {
          for (const one of waiting) one.reject(error)
          throw error
        }
      }
    } finally {
      reading = false
    }
  }

  function refresh(): void {
    again = true
    if (retry) clearTimeout(retry)
    if (!reading && !stopped) readWhileAsked().catch(failed)
  }

  const undo = source.follow(sessionId, refresh)
  return {
    refresh,
    async current() {
      if (stopped) throw new RefusedError('media_unavailable')
      const one = Promise.withResolvers<void>()
      asked.push(one)
      refresh()
      return one.promise
    },
    stop() {
      if (stopped) return
      stopped = true
      if (retry) clearTimeout(retry)
      for (const one of asked.splice(0)) one.reject(new RefusedError('media_unavailable'))
      undo()
    },
  }
}
