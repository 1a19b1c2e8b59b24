import { onScopeDispose } from 'vue'
import type { JoinAs } from '../../shared/protocol/events.ts'
import { useConnection } from '../net/socket.ts'
import { createSessionFeed } from './sessionFeed.ts'
import type { SessionFeed } from './sessionFeed.ts'

export type { SessionState } from './reduce.ts'

/** Follows a session as long as the component lives. `desk` and `stage` need a grant: without it `phase` becomes `error` with `forbidden`. */
export function useSession(sessionId: string, as: JoinAs): Omit<SessionFeed, 'close'> {
  const { close, ...feed } = createSessionFeed(useConnection(), sessionId, as)
  onScopeDispose(close)
  return feed
}
