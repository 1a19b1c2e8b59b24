import type { SessionJoin, SessionJoined } from '../../shared/protocol/events.ts'
import type { Connection } from '../net/types.ts'

type Line = Pick<Connection, 'request' | 'status'>

const lines = new WeakMap<Line, Map<string, Promise<unknown>>>()

/**
 * Joins and leaves of one session, strictly one after another: when one page of a session gives way to another one, the first one's leave
 * must not overtake the second one's join.
 */
export function createMembership(connection: Line) {
  const queues = lines.get(connection) ?? new Map<string, Promise<unknown>>()
  lines.set(connection, queues)

  function inTurn<T>(sessionId: string, act: () => Promise<T>): Promise<T> {
    const turn = (queues.get(sessionId) ?? Promise.resolve()).then(act, act)
    queues.set(sessionId, turn)
    const over = () => {
      if (queues.get(sessionId) === turn) queues.delete(sessionId)
    }
    turn.then(over, over)
    return turn
  }

  return {
    /** @throws RefusedError */
    join: (payload: SessionJoin): Promise<SessionJoined> => inTurn(payload.sessionId, () => connection.request('session:join', payload)),
    /** Never rejects: without a line the server has forgotten us anyway. */
    leave: (sessionId: string): Promise<void> =>
      inTurn(sessionId, async () => {
        if (connection.status.value === 'online') await connection.request('session:leave', { sessionId })
      }).catch(() => undefined),
  }
}
