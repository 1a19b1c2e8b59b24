import type { Socket } from 'socket.io-client'
import { inject, readonly, ref, watch } from 'vue'
import type { InjectionKey } from 'vue'
import { TIMES } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Ack } from '../../shared/protocol/errors.ts'
import type { ClientEvents, ServerEvents } from '../../shared/protocol/events.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { createBeat } from './beat.ts'
import { frameToken } from './credential.ts'
import { createEmitter } from './emitter.ts'
import type { Connection, ConnectionStatus, RequestData, RequestOptions, RequestPayload } from './types.ts'

const RECONNECT_DELAY = 500
const RECONNECT_DELAY_MAX = 5_000
const CONNECT_TIMEOUT = 8_000
/** Socket.IO does not come back by itself after the server closed the line or refused it; this is how long we wait then. */
const REFUSED_RETRY = 2_000

/** The code with which the server refused the handshake, if it said one. */
function handshakeRefusal(error: Error): unknown {
  const data: unknown = 'data' in error ? error.data : null
  return typeof data === 'object' && data !== null && 'code' in data ? data.code : null
}

/**
 * The application's one line to the server. Nothing is opened until the first request or listener.
 * The handshake needs the identity's cookie or token, so `identity` is awaited first; `renewIdentity` fetches it again after it was refused. Neither may reject.
 * `url` is where the server is: the page's own origin unless given.
 */
export function createConnection({ identity, renewIdentity, url }: { identity: Promise<unknown>; renewIdentity: () => Promise<unknown>; url?: string }): Connection {
  const status = ref<ConnectionStatus>(navigator.onLine ? 'connecting' : 'offline')
  const messages = createEmitter<keyof ServerEvents>()
  const reconnects = new Set<() => void>()
  let socket: Socket | null = null
  let opening: Promise<void> | null = null
  let everOnline = false
  let closed = false
  /** The server is about to close the line because rights are gone. */
  let revoked = false
  let retry: ReturnType<typeof setTimeout> | undefined

  const lost = (): ConnectionStatus => (navigator.onLine ? 'reconnecting' : 'offline')
  const beat = createBeat(() => status.value === 'online' && socket?.io.engine.close())

  function reopenLater(again: () => void) {
    clearTimeout(retry)
    if (!closed) retry = setTimeout(again, REFUSED_RETRY)
  }

  function attach(next: Socket) {
    socket = next
    next.on('connect', () => {
      beat.heard()
      status.value = 'online'
      if (everOnline) for (const listener of [...reconnects]) listener()
      everOnline = true
    })
    next.on('disconnect', () => {
      if (status.value === 'outdated' || closed) return
      status.value = lost()
      if (next.active) return
      if (revoked) void renewIdentity().then(() => closed || next.connect())
      else reopenLater(() => next.connect())
      revoked = false
    })
    next.on('connect_error', (error) => {
      const code = handshakeRefusal(error)
      if (code === 'protocol_mismatch') {
        status.value = 'outdated'
        next.disconnect()
        return
      }
      status.value = lost()
      if (next.active) return
      reopenLater(() => void (code === 'unauthenticated' ? renewIdentity() : identity).then(() => closed || next.connect()))
    })
    next.onAny((event: keyof ServerEvents, message: unknown) => {
      beat.heard()
      if (event === 'access:revoked') revoked = true
      messages.emit(event, message)
    })
  }

  function open(): Promise<void> {
    opening ??= Promise.all([import('socket.io-client'), identity]).then(
      ([{ io }]) => {
        if (closed) return
        const options = {
          auth: (tell: (data: object) => void) => tell({ protocol: PROTOCOL_VERSION, embed: frameToken() }),
          transports: ['websocket', 'polling'],
          tryAllTransports: true,
          reconnectionDelay: RECONNECT_DELAY,
          reconnectionDelayMax: RECONNECT_DELAY_MAX,
          timeout: CONNECT_TIMEOUT,
        }
        attach(url === undefined ? io(options) : io(url, options))
      },
      () => {
        // The script itself could not be fetched.
        opening = null
        status.value = lost()
        reopenLater(() => void open())
      },
    )
    return opening
  }

  /** Waits until the line is there. @throws RefusedError `offline`, `protocol_mismatch` */
  function online(timeoutMs: number): Promise<Socket> {
    void open()
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => settle('offline'), timeoutMs)
      let stop: (() => void) | null = null
      let settled = false
      const settle = (outcome: 'offline' | 'protocol_mismatch' | Socket) => {
        settled = true
        clearTimeout(giveUp)
        stop?.()
        if (typeof outcome === 'string') reject(new RefusedError(outcome))
        else resolve(outcome)
      }
      const look = (now: ConnectionStatus) => {
        if (now === 'online' && socket) settle(socket)
        else if (now === 'offline') settle('offline')
        else if (now === 'outdated') settle('protocol_mismatch')
      }
      look(status.value)
      if (!settled) stop = watch(status, look, { flush: 'sync' })
    })
  }

  async function request<E extends keyof ClientEvents>(event: E, payload: RequestPayload<E>, { timeoutMs = TIMES.requestTimeout }: RequestOptions = {}): Promise<RequestData<E>> {
    const deadline = Date.now() + timeoutMs
    const line = await online(timeoutMs)
    const answer = await new Promise<Ack<RequestData<E>>>((resolve, reject) => {
      line.timeout(Math.max(1, deadline - Date.now())).emit(event, payload, (error: Error | null, ack: Ack<RequestData<E>>) => {
        if (error) reject(new RefusedError(line.connected ? 'timeout' : 'offline'))
        else resolve(ack)
      })
    })
    if (answer.ok) return answer.data
    const { code, ...extra } = answer.error
    throw new RefusedError(code, extra)
  }

  const goOffline = () => {
    if (status.value !== 'outdated') status.value = 'offline'
  }
  const goOnline = () => {
    if (status.value !== 'offline') return
    status.value = everOnline ? 'reconnecting' : 'connecting'
    // Disconnecting first skips what is left of the pause between two tries.
    socket?.disconnect().connect()
  }
  window.addEventListener('offline', goOffline)
  window.addEventListener('online', goOnline)

  return {
    status: readonly(status),
    request,
    on(event, listener) {
      void open()
      return messages.on(event, listener)
    },
    overhear: (event, listener) => messages.on(event, listener),
    reopen() {
      socket?.disconnect().connect()
      clearTimeout(retry)
    },
    onReconnect(listener) {
      reconnects.add(listener)
      return () => reconnects.delete(listener)
    },
    expectBeat: beat.expect,
    close() {
      closed = true
      clearTimeout(retry)
      beat.close()
      window.removeEventListener('offline', goOffline)
      window.removeEventListener('online', goOnline)
      socket?.disconnect()
    },
  }
}

export const connectionKey: InjectionKey<Connection> = Symbol('connection')

/** The application's line; call in `setup`. */
export function useConnection(): Connection {
  const connection = inject(connectionKey)
  if (!connection) throw new Error('No connection was provided')
  return connection
}
