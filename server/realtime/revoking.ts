import type { Logger } from 'pino'
import type { RevokeReason } from '../../shared/accounts.ts'
import type { Identity } from '../accounts/identity.ts'
import { WITHOUT_SIGN_IN } from '../accounts/rights.ts'
import type { RightsChange } from '../accounts/rights.ts'
import type { FangtanServer, FangtanSocket } from './types.ts'

const LOOK_EVERY = 400
/** Changes are written under the clock of another process, perhaps of another machine, and seen when their transaction ends: so far back is looked each time, in milliseconds. */
const OVERLAP = 120_000
const TIDY_EVERY = 60_000
/** Changes are kept for so long. */
const KEPT = 10 * 60_000
/** A process that could not read for so long knows nothing any more of who may what: all its connections have to come anew. */
const BLIND = KEPT - 2 * OVERLAP

export type Revoking = {
  /** Looks at once; while a look is under way, once more after it. */
  look: () => void
  close: () => Promise<void>
}

/** What is read and written here; ids of people and of sign-ins. */
export type RightsFeed = {
  changesSince: (at: string) => Promise<RightsChange[]>
  /** What ended by itself, after `from` and until `to`. */
  expiredSignIns: (from: string, to: string) => Promise<{ id: string; personId: string }[]>
  expiredGrants: (from: string, to: string) => Promise<string[]>
  touch: (signInIds: string[], at: string) => Promise<void>
  /** Which of these sign-ins there are. */
  present: (signInIds: string[]) => Promise<Set<string>>
  /** Removes changes and ended sign-ins from before. */
  tidy: (before: string) => Promise<void>
}

const means = (change: Pick<RightsChange, 'signInId'>, { signInId }: Identity) => change.signInId === null || change.signInId === (signInId ?? WITHOUT_SIGN_IN)

/**
 * Takes rights away from connections that are open. Every process reads the same table several times a second: with Redis gone, a right is lost as fast.
 * @param forget nothing of this person is answered from memory any more
 * @param identify who a connection's cookies belong to now
 */
export function createRevoking(io: FangtanServer, deps: { feed: RightsFeed; forget: (personId: string) => void; identify: (socket: FangtanSocket) => Promise<Identity | null>; now: () => Date; log: Logger }): Revoking {
  const { feed, forget, identify, now, log } = deps
  const connections = new Map<string, Set<FangtanSocket>>()
  /** Sign-ins that were used over a connection since the last tidying. */
  const used = new Set<string>()
  /** Changes that were seen to, with the time until which they may be read again. */
  const seen = new Map<string, number>()
  /** People whose rights changed lately: what was read of them while connecting may be from before. */
  const recent = new Map<string, number>()
  let from = now().getTime()
  let tidied = from
  // By a clock that nobody sets.
  let lastRead = performance.now()
  let looking: Promise<void> | null = null
  let again = false
  let failing = false
  let closed = false

  function cut(socket: FangtanSocket, reason: RevokeReason): void {
    socket.emit('access:revoked', { reason })
    socket.disconnect(true)
  }

  function apply(personId: string, reason: RevokeReason, fits: (socket: FangtanSocket) => boolean): void {
    forget(personId)
    recent.set(personId, now().getTime() + OVERLAP)
    for (const socket of [...(connections.get(personId) ?? [])]) if (fits(socket)) cut(socket, reason)
  }

  const everybody = () => [...connections.values()].flatMap((sockets) => [...sockets])

  async function read(): Promise<void> {
    const until = now().getTime()
    const began = performance.now()
    const at = (ms: number) => new Date(ms).toISOString()
    const [changes, signIns, people] = await Promise.all([feed.changesSince(at(from - OVERLAP)), feed.expiredSignIns(at(from), at(until)), feed.expiredGrants(at(from), at(until))])
    if (began - lastRead > BLIND) for (const socket of everybody()) cut(socket, 'changed')
    lastRead = began
    for (const change of changes) {
      const known = seen.has(change.id)
      // For as long as it is read: a clock that is ahead may have written it.
      seen.set(change.id, until + OVERLAP)
      if (!known) apply(change.personId, change.reason, (socket) => means(change, socket.data))
    }
    for (const { id, personId } of signIns) apply(personId, 'signed_out', (socket) => socket.data.signInId === id)
    for (const personId of people) apply(personId, 'revoked', () => true)
    from = until
    for (const map of [seen, recent]) for (const [key, end] of map) if (end <= until) map.delete(key)
  }

  async function tidy(): Promise<void> {
    const at = now().getTime()
    if (at - tidied < TIDY_EVERY) return
    tidied = at
    const ids = [...used]
    used.clear()
    if (ids.length > 0) await feed.touch(ids, new Date(at).toISOString())
    await feed.tidy(new Date(at - KEPT).toISOString())
    // Whatever was missed, say because clocks are minutes apart: nobody stays by a sign-in that is gone.
    const open = everybody().filter((socket) => socket.data.signInId !== null)
    if (open.length === 0) return
    const present = await feed.present([...new Set(open.flatMap(({ data: { signInId } }) => (signInId === null ? [] : [signInId])))])
    for (const socket of open) if (socket.data.signInId !== null && !present.has(socket.data.signInId)) cut(socket, 'signed_out')
  }

  async function run(): Promise<void> {
    try {
      do {
        again = false
        await read()
      } while (again && !closed)
      await tidy()
      failing = false
    } catch (error) {
      // What was not read is read next time: `from` has not moved. Said once, not several times a second.
      if (!failing) log.error({ err: error }, 'reading whose rights changed failed')
      failing = true
    } finally {
      looking = null
    }
  }

  function look(): void {
    if (closed) return
    if (looking) again = true
    else looking = run()
  }

  /** A connection that was let in by what was known a moment before its person's rights changed. */
  async function recheck(socket: FangtanSocket): Promise<void> {
    const identity = await identify(socket)
    if (identity?.personId !== socket.data.personId || identity.signInId !== socket.data.signInId) cut(socket, 'changed')
  }

  io.on('connection', (socket) => {
    const { personId, signInId } = socket.data
    const mine = connections.get(personId) ?? new Set()
    connections.set(personId, mine.add(socket))
    if (signInId !== null) socket.onAny(() => void used.add(signInId))
    socket.on('disconnect', () => {
      mine.delete(socket)
      if (mine.size === 0 && connections.get(personId) === mine) connections.delete(personId)
    })
    if (!recent.has(personId)) return
    recheck(socket).catch((error: unknown) => {
      log.error({ err: error }, 'asking again who connected failed')
      cut(socket, 'changed')
    })
  })

  const looks = setInterval(look, LOOK_EVERY)
  return {
    look,
    async close() {
      closed = true
      clearInterval(looks)
      await looking
    },
  }
}
