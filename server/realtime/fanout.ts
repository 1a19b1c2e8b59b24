import type { Logger } from 'pino'
import { TIMES } from '../../shared/limits.ts'
import type { Receipts } from '../questions/receipts.ts'
import type { SessionStore } from '../sessions/store.ts'
import { sortOut } from './batch.ts'
import type { Presence } from './presence.ts'
import { audienceRoom, personRoom } from './rooms.ts'
import { KEPT_COMMITS } from './store.ts'
import type { EventStore } from './store.ts'
import type { FangtanServer } from './types.ts'

/**
 * Between two messages to one audience: as long as telling it took, and at most this many milliseconds. A small audience hears at once; a large one under many
 * commits hears of several in one message, and telling never takes more than about half of the time.
 */
const LONGEST_PAUSE = 50

export type Fanout = {
  /** Called after a commit of this process: delivers here, and hints to the other processes. */
  committed: (sessionId: string, seq: number) => void
  /** Starts delivering a session's log to this process's clients. Resolves with the head from which delivery goes on. */
  follow: (sessionId: string) => Promise<void>
  /** Calls `listener` after each delivery of `sessionId`, whether clients follow it or not. Returns its undo. */
  onChange: (sessionId: string, listener: () => void) => () => void
  close: () => Promise<void>
}

type Tail = { head: number; wanted: number; reading: boolean; nextFlush: number; listeners: Set<() => void> }

/**
 * Reads the log and tells this process's clients. The log is the only source: what another process committed arrives by the same road, and a lost hint
 * is made good by the beat, which asks the database for all heads. So Redis may fail without anything being lost.
 */
export function createFanout(deps: { io: FangtanServer; /** Whether there are other processes to tell. */ several: boolean; events: EventStore; receipts: Pick<Receipts, 'reveal'>; sessions: SessionStore; presence: Presence; epoch: string; now: () => Date; log: Logger }): Fanout {
  const { io, several, events, receipts, sessions, presence, epoch, now, log } = deps
  const tails = new Map<string, Tail>()
  let closed = false

  const hasClients = (sessionId: string) => ['public', 'desk'].some((room) => (io.of('/').adapter.rooms.get(`s:${sessionId}:${room}`)?.size ?? 0) > 0)

  async function read(sessionId: string, tail: Tail): Promise<void> {
    tail.reading = true
    try {
      while (!closed && tail.wanted > tail.head) {
        const wait = tail.nextFlush - performance.now()
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        const to = tail.wanted
        // What the log soon has no more of is a gap to every client: each then asks for a whole page.
        const from = Math.max(tail.head, to - KEPT_COMMITS / 2)
        const logged = await events.after(sessionId, from, to, null)
        const began = performance.now()
        deliver(sessionId, from, to, logged)
        const told = performance.now()
        tail.head = to
        tail.nextFlush = told + Math.min(LONGEST_PAUSE, told - began)
        for (const listener of tail.listeners) listener()
      }
    } catch (error) {
      // The next hint or beat tries again from the same head: nothing is skipped.
      log.error({ err: error, sessionId }, 'reading the log failed')
    } finally {
      tail.reading = false
    }
  }

  function deliver(sessionId: string, from: number, to: number, logged: Awaited<ReturnType<EventStore['after']>>): void {
    const batch = sortOut(logged)
    // Own events first: see SessionEvent's comment on side messages.
    for (const [personId, own] of batch.people) {
      io.local.to(personRoom(sessionId, personId)).emit('session:events', { sessionId, epoch, from, to: from, events: own.map(receipts.reveal) })
    }
    io.local.to(audienceRoom(sessionId, 'participant')).emit('session:events', { sessionId, epoch, from, to, events: batch.public })
    io.local.to(audienceRoom(sessionId, 'desk')).emit('session:events', { sessionId, epoch, from, to, events: batch.desk })
  }

  function want(sessionId: string, seq: number): void {
    const tail = tails.get(sessionId)
    if (!tail) return
    tail.wanted = Math.max(tail.wanted, seq)
    // Also when this very head was wanted before: the reading may have failed.
    if (tail.wanted > tail.head && !tail.reading) void read(sessionId, tail)
  }

  async function open(sessionId: string): Promise<Tail> {
    const head = (await sessions.heads([sessionId])).get(sessionId) ?? 0
    const known = tails.get(sessionId)
    if (known) return known
    const tail: Tail = { head, wanted: head, reading: false, nextFlush: 0, listeners: new Set() }
    tails.set(sessionId, tail)
    return tail
  }

  function sendHead(sessionId: string, tail: Tail): void {
    const message = { sessionId, epoch, seq: tail.head, now: now().toISOString(), watching: presence.watching(sessionId) }
    for (const as of ['participant', 'desk'] as const) io.local.to(audienceRoom(sessionId, as)).emit('session:head', message)
  }

  async function beat(): Promise<void> {
    for (const [sessionId, tail] of tails) {
      if (!hasClients(sessionId) && tail.listeners.size === 0 && !tail.reading) tails.delete(sessionId)
    }
    try {
      for (const [sessionId, seq] of await sessions.heads([...tails.keys()])) want(sessionId, seq)
    } catch (error) {
      log.error({ err: error }, 'reading heads failed')
    }
    for (const [sessionId, tail] of tails) sendHead(sessionId, tail)
  }

  const beating = setInterval(() => void beat(), TIMES.headBeat)
  const stopPresence = presence.onChange((sessionId) => {
    const tail = tails.get(sessionId)
    if (tail) sendHead(sessionId, tail)
  })
  io.on('session:hint', ({ sessionId, seq }) => want(sessionId, seq))

  return {
    committed(sessionId, seq) {
      want(sessionId, seq)
      if (several) io.serverSideEmit('session:hint', { sessionId, seq })
    },
    async follow(sessionId) {
      await open(sessionId)
    },
    onChange(sessionId, listener) {
      let stopped = false
      void open(sessionId).then(
        (tail) => {
          if (!stopped) tail.listeners.add(listener)
        },
        (error: unknown) => log.error({ err: error, sessionId }, 'following a session failed'),
      )
      return () => {
        stopped = true
        tails.get(sessionId)?.listeners.delete(listener)
      }
    },
    async close() {
      closed = true
      clearInterval(beating)
      stopPresence()
    },
  }
}
