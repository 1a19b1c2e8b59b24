import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { z } from 'zod'
import { ERROR_CODES, RefusedError } from '../../shared/protocol/errors.ts'
import { toRefusal } from '../realtime/handle.ts'
import type { RedisClient } from '../realtime/redis.ts'
import { STAGE_TIMES } from './ops.ts'
import type { MediaOps } from './ops.ts'
import { UnreachableError } from './ports.ts'
import type { BusAnswer, MediaBus } from './ports.ts'

/** One process: there is nobody else to ask. */
export function createNoBus(): MediaBus {
  return {
    request: () => Promise.reject(new RefusedError('media_unavailable')),
    answer: () => undefined,
    upSince: () => 0,
    close: async () => undefined,
  }
}

const OPS = ['join', 'leave', 'transport', 'connect', 'restart_ice', 'produce', 'producer', 'consume', 'consumer', 'sync'] as const satisfies readonly (keyof MediaOps)[]
const refusalSchema = z.object({
  code: z.enum(ERROR_CODES),
  issues: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
  retryAfterMs: z.number().optional(),
})
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.uuid(), from: z.string(), op: z.enum(OPS), input: z.unknown() }),
  z.object({ kind: z.literal('done'), id: z.uuid(), output: z.unknown() }),
  z.object({ kind: z.literal('refused'), id: z.uuid(), refusal: refusalSchema }),
])
type Message = z.infer<typeof messageSchema>

const channel = (processId: string) => `fangtan:media:bus:${processId}`

/**
 * Requests over Redis publish and subscribe, one channel for each process. Only our own processes speak here; contents are checked by the service that sends them.
 * @param redis connected; stays the caller's to close, a second connection for listening is our own
 */
export async function createRedisBus(redis: RedisClient, processId: string, log: Logger): Promise<MediaBus> {
  const subscriber = redis.duplicate()
  const waiting = new Map<string, { settle: (message: Message) => void }>()
  let answering: BusAnswer | null = null
  let upSince = Infinity

  const isUp = () => redis.isReady && subscriber.isReady
  const wentDown = () => {
    upSince = Infinity
  }
  const cameUp = () => {
    if (upSince === Infinity && isUp()) upSince = Date.now()
  }
  subscriber.on('error', (error: unknown) => log.debug({ err: error }, 'media bus: no connection to Redis'))
  for (const client of [redis, subscriber]) {
    client.on('ready', cameUp)
    client.on('reconnecting', wentDown)
    client.on('end', wentDown)
  }

  const publish = (to: string, message: Message) => redis.publish(channel(to), JSON.stringify(message))

  async function respond(request: Extract<Message, { kind: 'request' }>): Promise<void> {
    const { id, op, from } = request
    if (!answering) return
    // What a process of ours sent is of the op's input type; JSON keeps it.
    const answer = await answering(op, request.input as MediaOps[typeof op]['input']).then(
      (output): Message => ({ kind: 'done', id, output }),
      (error: unknown): Message => ({ kind: 'refused', id, refusal: toRefusal(error, log, `media bus: ${op}`) }),
    )
    await publish(from, answer)
  }

  function receive(text: string): void {
    let message: Message
    try {
      message = messageSchema.parse(JSON.parse(text))
    } catch (error) {
      log.warn({ err: error }, 'media bus: message not understood')
      return
    }
    if (message.kind === 'request') respond(message).catch((error: unknown) => log.debug({ err: error }, 'media bus: answer not sent'))
    else waiting.get(message.id)?.settle(message)
  }

  await subscriber.connect()
  await subscriber.subscribe(channel(processId), receive)
  cameUp()

  return {
    request(to, op, input) {
      return new Promise((resolve, reject) => {
        if (!isUp()) return reject(new RefusedError('media_unavailable'))
        const id = randomUUID()
        const finish = (end: () => void) => {
          clearTimeout(timer)
          waiting.delete(id)
          end()
        }
        const unanswered = () => finish(() => reject(isUp() ? new UnreachableError(to) : new RefusedError('media_unavailable')))
        const timer = setTimeout(unanswered, STAGE_TIMES.busRequest)
        waiting.set(id, {
          settle(message) {
            if (message.kind === 'done') finish(() => resolve(message.output as MediaOps[typeof op]['output']))
            else if (message.kind === 'refused') finish(() => reject(new RefusedError(message.refusal.code, message.refusal)))
          },
        })
        publish(to, { kind: 'request', id, from: processId, op, input }).then(
          (listeners) => {
            if (listeners === 0) unanswered()
          },
          () => finish(() => reject(new RefusedError('media_unavailable'))),
        )
      })
    },
    answer(answer) {
      answering = answer
    },
    upSince: () => upSince,
    async close() {
      for (const client of [redis, subscriber]) {
        client.off('ready', cameUp)
        client.off('reconnecting', wentDown)
        client.off('end', wentDown)
      }
      answering = null
      if (subscriber.isOpen) await subscriber.close()
    },
  }
}
