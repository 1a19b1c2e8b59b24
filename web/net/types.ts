import type { Ref } from 'vue'
import type { Ack } from '../../shared/protocol/errors.ts'
import type { ClientEvents, ServerEvents } from '../../shared/protocol/events.ts'

/**
 * `connecting`: not connected yet, or nobody has asked for the line so far. `offline`: the device says that it has no network.
 * `reconnecting`: the line was lost, or could not be had, and is being tried again. `outdated`: this page is older or newer than the server; only a reload helps.
 */
export type ConnectionStatus = 'connecting' | 'online' | 'offline' | 'reconnecting' | 'outdated'

export type RequestPayload<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0]
/** What the server answers when it agrees. */
export type RequestData<E extends keyof ClientEvents> = Parameters<Parameters<ClientEvents[E]>[1]>[0] extends Ack<infer T> ? T : never

export type RequestOptions = { /** Milliseconds until the request counts as lost; TIMES.requestTimeout unless given. */ timeoutMs?: number }

export type Connection = {
  status: Readonly<Ref<ConnectionStatus>>
  /**
   * Sends one request and waits for its acknowledgement. Opens the line when it is not open, and waits for it within the same time.
   * @throws RefusedError with the server's code; `offline` when the line is not there or broke before the answer, `timeout` when no answer came,
   * `protocol_mismatch` when the page must be reloaded first
   */
  request<E extends keyof ClientEvents>(event: E, payload: RequestPayload<E>, options?: RequestOptions): Promise<RequestData<E>>
  /** Listens, opening the line when it is not open. Returns the undo. */
  on<E extends keyof ServerEvents>(event: E, listener: ServerEvents[E]): () => void
  /** Listens without opening the line: for what only matters to those who are on it. Returns the undo. */
  overhear<E extends keyof ServerEvents>(event: E, listener: ServerEvents[E]): () => void
  /** The browser's cookies name somebody else now: closes the line, when there is one, and opens it as that person. */
  reopen(): void
  /** Called after each connect but the first: whatever was joined must be joined again. Returns the undo. */
  onReconnect(listener: () => void): () => void
  /** Declares that the server sends something at least every `silenceMs` milliseconds; a longer silence counts as a dead line. Returns the undo. */
  expectBeat(silenceMs: number): () => void
  close(): void
}
