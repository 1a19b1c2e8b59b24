import { io } from 'socket.io-client'
import type { Ack } from '../../../shared/protocol/errors.ts'
import type { ClientEvents } from '../../../shared/protocol/events.ts'
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts'
import { createPerson } from '../../support/person.ts'
import { agree } from './agree.ts'

type Payload<E extends keyof ClientEvents> = Parameters<ClientEvents[E]>[0]
type Data<E extends keyof ClientEvents> = Parameters<Parameters<ClientEvents[E]>[1]>[0] extends Ack<infer T> ? T : never

export type BenchPerson = {
  /** @throws with the server's code */
  request: <E extends keyof ClientEvents>(event: E, payload: Payload<E>) => Promise<Data<E>>
  close: () => void
}

const PATIENCE = 20_000

/** Somebody with an identity and a socket of their own. `address` is what the server, which trusts a proxy on this machine, takes for theirs; `link` signs them in. */
export async function createBenchPerson(origin: string, address: string, link?: string): Promise<BenchPerson> {
  const forwarded = { 'X-Forwarded-For': address }
  const { cookie } = await createPerson(origin, { address, ...(link === undefined ? {} : { link }) })
  await agree(origin, { ...forwarded, Cookie: cookie })
  const socket = io(origin, { auth: { protocol: PROTOCOL_VERSION }, transports: ['websocket'], extraHeaders: { ...forwarded, Cookie: cookie }, forceNew: true })
  return {
    request: (event, payload) =>
      new Promise((resolve, reject) => {
        socket.timeout(PATIENCE).emit(event, payload, (late: Error | null, answer: Ack<never>) => {
          if (late) reject(late)
          else if (answer.ok) resolve(answer.data)
          else reject(new Error(`${event}: ${answer.error.code}`))
        })
      }),
    close: () => void socket.close(),
  }
}
