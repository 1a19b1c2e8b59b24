import type { StageFacts } from '../media/types.ts'
import type { StageSource } from './ports.ts'

export type Following = {
  /** Reads again soon; calls during a read become one more read. */
  refresh: () => void
  stop: () => void
}

/** Keeps `apply` informed of a session's facts: read again after each hint, one read at a time, the last read always begun after the last hint. */
export function followFacts(source: StageSource, sessionId: string, apply: (facts: StageFacts | null) => void, failed: (error: unknown) => void): Following {
  let reading = false
  let again = false
  let stopped = false

  async function readWhileAsked(): Promise<void> {
    reading = true
    try {
      while (again && !stopped) {
        again = false
        const facts = await source.read(sessionId)
        if (!stopped) apply(facts)
      }
    } finally {
      reading = false
    }
  }

  function refresh(): void {
    again = true
    if (!reading && !stopped) readWhileAsked().catch(failed)
  }

  const undo = source.follow(sessionId, refresh)
  return {
    refresh,
    stop() {
      if (stopped) return
      stopped = true
      undo()
    },
  }
}
