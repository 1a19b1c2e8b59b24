import { TIMES } from '../../shared/limits.ts'
import type { FangtanServer } from './types.ts'

/** How many watch each session, over all processes. */
export type Presence = {
  enter: (sessionId: string, personId: string) => void
  leave: (sessionId: string, personId: string) => void
  /** People, not connections, in this process, plus what the others last said. */
  watching: (sessionId: string) => number
  /** Told of a session whose number changed, at most once in TIMES.burstInterval. Returns its undo. */
  onChange: (listener: (sessionId: string) => void) => () => void
  close: () => void
}

/** Counts of a process that has been silent for longer are forgotten: it is gone. */
const SILENCE_MS = 10_000

/** `several`: there are other processes to tell. */
export function createPresence(io: FangtanServer, processId: string, several: boolean): Presence {
  const here = new Map<string, Map<string, number>>()
  const others = new Map<string, { counts: Record<string, number>; at: number }>()
  const listeners = new Set<(sessionId: string) => void>()
  const changed = new Set<string>()

  const mark = (sessionId: string) => void changed.add(sessionId)
  const countHere = () => Object.fromEntries([...here].map(([sessionId, people]) => [sessionId, people.size]))

  const flushing = setInterval(() => {
    for (const sessionId of changed) for (const listener of listeners) listener(sessionId)
    changed.clear()
  }, TIMES.burstInterval)

  const telling = setInterval(() => {
    if (several) io.serverSideEmit('presence:count', { processId, counts: countHere() })
    for (const [id, { counts, at }] of others) {
      if (Date.now() - at <= SILENCE_MS) continue
      others.delete(id)
      Object.keys(counts).forEach(mark)
    }
  }, TIMES.headBeat)

  io.on('presence:count', ({ processId: id, counts }) => {
    const before = others.get(id)?.counts ?? {}
    others.set(id, { counts, at: Date.now() })
    for (const sessionId of new Set([...Object.keys(before), ...Object.keys(counts)])) if (before[sessionId] !== counts[sessionId]) mark(sessionId)
  })

  return {
    enter(sessionId, personId) {
      const people = here.get(sessionId) ?? new Map<string, number>()
      here.set(sessionId, people)
      const connections = people.get(personId) ?? 0
      people.set(personId, connections + 1)
      if (connections === 0) mark(sessionId)
    },
    leave(sessionId, personId) {
      const people = here.get(sessionId)
      const connections = people?.get(personId) ?? 0
      if (!people || connections === 0) return
      if (connections > 1) people.set(personId, connections - 1)
      else {
        people.delete(personId)
        if (people.size === 0) here.delete(sessionId)
        mark(sessionId)
      }
    },
    watching(sessionId) {
      let total = here.get(sessionId)?.size ?? 0
      for (const { counts } of others.values()) total += counts[sessionId] ?? 0
      return total
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      clearInterval(flushing)
      clearInterval(telling)
    },
  }
}
