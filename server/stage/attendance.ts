/** Which process each connection of one room is with, and when that process was last heard of (milliseconds). Plain bookkeeping: the clock comes in. */
export type Attendance = {
  arrived: (peerId: string, processId: string, now: number) => void
  left: (peerId: string) => void
  /** A process named its connections; returns those that it no longer has. */
  heard: (processId: string, peerIds: readonly string[], now: number) => string[]
  /** Connections of processes that have been silent since before `deadline`, except our own. */
  silent: (ownProcessId: string, deadline: number) => string[]
}

export function createAttendance(): Attendance {
  const processOf = new Map<string, string>()
  const heardAt = new Map<string, number>()

  const of = (processId: string) => [...processOf].filter(([, at]) => at === processId).map(([peerId]) => peerId)

  return {
    arrived(peerId, processId, now) {
      processOf.set(peerId, processId)
      heardAt.set(processId, now)
    },
    left(peerId) {
      processOf.delete(peerId)
    },
    heard(processId, peerIds, now) {
      heardAt.set(processId, now)
      const present = new Set(peerIds)
      return of(processId).filter((peerId) => !present.has(peerId))
    },
    silent(ownProcessId, deadline) {
      return [...heardAt].filter(([processId, at]) => processId !== ownProcessId && at < deadline).flatMap(([processId]) => of(processId))
    },
  }
}
