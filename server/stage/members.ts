import { STAGE_TIMES } from './ops.ts'
import type { Stages, StateNumber } from './ops.ts'
import { UnreachableError } from './ports.ts'
import type { MediaBus } from './ports.ts'

/** Connections of this process that are in a session's media, and who carries it for them. */
export type Members = {
  /** Before the owner is asked: from then on it is told that the connection is here. Returns the number of the attempt. */
  joining: (sessionId: string, peerId: string, ownerId: string) => number
  /** After the owner said yes: from then on it must know the connection. False when a later attempt or leaving has overtaken this one. */
  joined: (sessionId: string, peerId: string, attempt: number) => boolean
  /** Whether no later attempt has been made, nor the session left. */
  isLatest: (sessionId: string, peerId: string, attempt: number) => boolean
  /** The owner that the connection joined at, or null when it is not in the session. */
  remove: (sessionId: string, peerId: string) => string | null
  owner: (sessionId: string, peerId: string) => string | null
  /** Sessions that the connection is in. */
  sessionsOf: (peerId: string) => string[]
  close: () => void
}

type Member = { ownerId: string; attempt: number; settled: boolean }
/** The members of one session that one remote owner carries, as they were when it was asked. */
type Group = { sessionId: string; ownerId: string; members: Map<string, Member> }
const keyOf = (group: Group) => `${group.ownerId} ${group.sessionId}`

export type MembersEvents = {
  /** The owner no longer knows these connections: they must join again. */
  lost: (sessionId: string, peerIds: string[]) => void
  /** A state that this process had not compared yet; clients may have been told already. */
  stages: (sessionId: string, stages: Stages) => void
}

/** Compares with each remote owner who is connected here and what is true there, and finds out when an owner is gone. */
export function createMembers(processId: string, bus: MediaBus, events: MembersEvents): Members {
  const sessions = new Map<string, Map<string, Member>>()
  let attempts = 0
  const unreachableSince = new Map<string, number>()
  const known = new Map<string, StateNumber>()
  const syncing = new Set<string>()

  const owner = (sessionId: string, peerId: string) => sessions.get(sessionId)?.get(peerId)?.ownerId ?? null

  function remove(sessionId: string, peerId: string): string | null {
    const before = owner(sessionId, peerId)
    const session = sessions.get(sessionId)
    session?.delete(peerId)
    if (session?.size === 0) sessions.delete(sessionId)
    return before
  }

  function groups(): Group[] {
    return [...sessions].flatMap(([sessionId, session]) =>
      [...Map.groupBy(session, ([, member]) => member.ownerId)]
        .filter(([ownerId]) => ownerId !== processId)
        .map(([ownerId, entries]) => ({ sessionId, ownerId, members: new Map(entries.map(([peerId, member]) => [peerId, { ...member }])) })),
    )
  }

  function forget({ sessionId, members }: Group, peerIds: Iterable<string>): void {
    // One that is joining, or joined again meanwhile, has nothing to do with the answer to an earlier question.
    const gone = [...peerIds].filter((peerId) => {
      const [asked, now] = [members.get(peerId), sessions.get(sessionId)?.get(peerId)]
      return asked?.settled && now?.settled && asked.attempt === now.attempt
    })
    for (const peerId of gone) remove(sessionId, peerId)
    if (gone.length > 0) events.lost(sessionId, gone)
  }

  async function sync(group: Group): Promise<void> {
    const key = keyOf(group)
    if (syncing.has(key)) return
    syncing.add(key)
    try {
      const { sessionId, ownerId, members } = group
      const { unknown, stages } = await bus.request(ownerId, 'sync', { sessionId, processId, peerIds: [...members.keys()], known: known.get(key) ?? null })
      unreachableSince.delete(key)
      forget(group, unknown)
      if (stages) {
        known.set(key, { generation: stages.viewer.generation, version: stages.viewer.version })
        events.stages(sessionId, stages)
      }
    } catch (error) {
      // Only a silent owner counts. When our own line is cut nothing is known, and media flows on without it.
      if (!(error instanceof UnreachableError)) return
      const now = Date.now()
      const since = Math.max(unreachableSince.get(key) ?? now, bus.upSince())
      unreachableSince.set(key, since)
      if (now - since < STAGE_TIMES.ownerGone) return
      unreachableSince.delete(key)
      forget(group, group.members.keys())
    } finally {
      syncing.delete(key)
    }
  }

  const timer = setInterval(() => {
    const all = groups()
    const keys = new Set(all.map(keyOf))
    for (const memory of [unreachableSince, known]) for (const key of memory.keys()) if (!keys.has(key)) memory.delete(key)
    for (const group of all) void sync(group)
  }, STAGE_TIMES.sync)
  timer.unref()

  return {
    joining(sessionId, peerId, ownerId) {
      const session = sessions.get(sessionId) ?? new Map<string, Member>()
      const attempt = ++attempts
      sessions.set(sessionId, session.set(peerId, { ownerId, attempt, settled: false }))
      return attempt
    },
    joined(sessionId, peerId, attempt) {
      const member = sessions.get(sessionId)?.get(peerId)
      if (member?.attempt !== attempt) return false
      member.settled = true
      return true
    },
    isLatest: (sessionId, peerId, attempt) => sessions.get(sessionId)?.get(peerId)?.attempt === attempt,
    remove,
    owner,
    sessionsOf: (peerId) => [...sessions].filter(([, session]) => session.has(peerId)).map(([sessionId]) => sessionId),
    close: () => clearInterval(timer),
  }
}
