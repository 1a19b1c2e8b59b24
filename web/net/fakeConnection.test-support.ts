import { ref } from 'vue'
import type { ClientEvents, ServerEvents } from '../../shared/protocol/events.ts'
import { createEmitter } from './emitter.ts'
import type { Connection, ConnectionStatus } from './types.ts'

type Sent = { event: keyof ClientEvents; payload: unknown }

/** A line whose other end is the test: `answer` decides what each request gets, `say` plays the server. */
export function createFakeConnection(answer: (sent: Sent) => Promise<unknown>) {
  const status = ref<ConnectionStatus>('online')
  const messages = createEmitter<keyof ServerEvents>()
  const reconnects = new Set<() => void>()
  const sent: Sent[] = []
  const reopened = { count: 0 }
  const connection: Connection = {
    status,
    request: (event, payload) => {
      sent.push({ event, payload })
      return answer({ event, payload }) as never
    },
    on: (event, listener) => messages.on(event, listener),
    overhear: (event, listener) => messages.on(event, listener),
    reopen: () => void reopened.count++,
    onReconnect(listener) {
      reconnects.add(listener)
      return () => reconnects.delete(listener)
    },
    expectBeat: () => () => undefined,
    close: () => undefined,
  }
  return {
    connection,
    sent,
    reopened,
    status,
    say: <E extends keyof ServerEvents>(event: E, message: Parameters<ServerEvents[E]>[0]) => messages.emit(event, message),
    reconnect: () => reconnects.forEach((listener) => listener()),
  }
}
