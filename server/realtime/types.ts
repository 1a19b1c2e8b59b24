import type { Server, Socket } from 'socket.io'
import type { ClientEvents, ServerEvents } from '../../shared/protocol/events.ts'
import type { Identity } from '../accounts/identity.ts'

/** What the server keeps per connection. The identity comes from the http-only cookies and never from the client's words. */
export type SocketData = Identity & { address: string; /** What the browser calls itself, cut to a bearable length. */ userAgent: string }

/** What one process tells the others through the Redis adapter: hints only, the database's log is the truth. */
export type InterServerEvents = {
  /** The log of a session has grown to `seq`: read it. */
  'session:hint': (message: { sessionId: string; seq: number }) => void
  /** How many this process serves, per session. */
  'presence:count': (message: { processId: string; counts: Record<string, number> }) => void
}

export type FangtanServer = Server<ClientEvents, ServerEvents, InterServerEvents, SocketData>
export type FangtanSocket = Socket<ClientEvents, ServerEvents, InterServerEvents, SocketData>
