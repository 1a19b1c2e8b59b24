import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Ack, Refusal } from '../../shared/protocol/errors.ts'
import type { ClientEvents, ServerEvents } from '../../shared/protocol/events.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { onCleanup } from './cleanup.ts'
import { createPerson } from './person.ts'
import type { Person } from './person.ts'

export type Payload<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0]
type Data<E extends keyof ClientEvents> = Parameters<Parameters<ClientEvents[E]>[1]>[0] extends Ack<infer T> ? T : never
type Message<E extends keyof ServerEvents> = Parameters<ServerEvents[E]>[0]

/** Milliseconds that a request waits for its acknowledgement. */
const ANSWER_MS = 8_000

export type TestClient = {
  socket: Socket
  person: Person
  /** Sends one request. @throws RefusedError with the server's refusal; `offline` when the line broke, `timeout` when no answer came */
  request: <E extends keyof ClientEvents>(event: E, payload: Payload<E>) => Promise<Data<E>>
  /** As {@link request}, for one that must be refused. @throws when it was not */
  refused: <E extends keyof ClientEvents>(event: E, payload: Payload<E>) => Promise<Refusal>
  /** Sends whatever is given, for malformed input; resolves with whatever is acknowledged, rejects as {@link request}. */
  ask: (event: string, ...payload: unknown[]) => Promise<unknown>
  /** Every message of this kind received so far, oldest first. */
  received: <E extends keyof ServerEvents>(event: E) => Message<E>[]
  /** The first message of this kind that fits, received already or still to come. @throws after `timeoutMs` */
  next: <E extends keyof ServerEvents>(event: E, fits: (message: Message<E>) => boolean, timeoutMs?: number) => Promise<Message<E>>
  close: () => void
}

export type ClientOptions = {
  /** Whose connection; a new anonymous person unless given. */
  person?: Person
  /** Come back by oneself after the line broke, as pages do. */
  reconnect?: boolean
  /** Network address that the server shall believe. */
  address?: string
}

/** A connected Socket.IO client with an identity of `url`; closed at clean-up. @throws when the connection is refused, with the server's code as the message */
export async function client(url: string, { person, reconnect = false, address }: ClientOptions = {}): Promise<TestClient> {
  const who = person ?? (await createPerson(url, address ? { address } : {}))
  const socket = io(url, {
    auth: { protocol: PROTOCOL_VERSION },
    transports: ['websocket'],
    extraHeaders: { Cookie: who.cookie, ...(address ? { 'X-Forwarded-For': address } : {}) },
    reconnection: reconnect,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    forceNew: true,
  })
  onCleanup(() => void socket.close())

  const log: { event: string; message: unknown }[] = []
  const listeners = new Set<() => void>()
  socket.onAny((event: string, message: unknown) => {
    log.push({ event, message })
    for (const listener of [...listeners]) listener()
  })
  const received = <E extends keyof ServerEvents>(event: E) => log.filter((entry) => entry.event === event).map((entry) => entry.message as Message<E>)

  function ask(event: string, ...payload: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(late)
        socket.off('disconnect', broken)
        end()
      }
      const broken = () => settle(() => reject(new RefusedError('offline')))
      const late = setTimeout(() => settle(() => reject(new RefusedError('timeout'))), ANSWER_MS)
      if (!socket.connected) return broken()
      socket.once('disconnect', broken)
      socket.emit(event, ...payload, (answer: unknown) => settle(() => resolve(answer)))
    })
  }

  async function request<E extends keyof ClientEvents>(event: E, payload: Payload<E>): Promise<Data<E>> {
    const answer = (await ask(event, payload)) as Ack<Data<E>>
    if (answer.ok) return answer.data
    const { code, ...extra } = answer.error
    throw new RefusedError(code, extra)
  }

  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return {
    socket,
    person: who,
    request,
    ask,
    received,
    async refused(event, payload) {
      const data = await request(event, payload).catch((error: unknown) => error)
      if (data instanceof RefusedError) return data.refusal
      throw new Error(`${event} was not refused but answered ${JSON.stringify(data)}`)
    },
    next(event, fits, timeoutMs = 5_000) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = received(event).find(fits)
          if (found === undefined) return
          clearTimeout(late)
          listeners.delete(look)
          resolve(found)
        }
        const late = setTimeout(() => {
          listeners.delete(look)
          reject(new Error(`no fitting ${event} within ${timeoutMs} ms`))
        }, timeoutMs)
        listeners.add(look)
        look()
      })
    },
    close: () => void socket.close(),
  }
}
