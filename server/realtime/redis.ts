import type { Logger } from 'pino'
import { createClient } from 'redis'

export type RedisClient = ReturnType<typeof open>
export type RedisPair = { publisher: RedisClient; subscriber: RedisClient; ready: () => boolean; close: () => void }

const open = (url: string) => createClient({ url, RESP: 2, socket: { reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 3_000) } })

/** Milliseconds that Redis may take to answer at the start: as long as PostgreSQL. */
const START = 5_000

/**
 * Two connections, as pub/sub needs. They reconnect by themselves; what cannot be published meanwhile is dropped, for everything that goes through Redis is a hint.
 * @throws when Redis cannot be reached at the start
 */
export async function connectRedis(url: string, log: Logger): Promise<RedisPair> {
  const publisher = open(url)
  const subscriber = open(url)
  for (const client of [publisher, subscriber]) client.on('error', (error: Error) => log.warn({ err: error }, 'redis'))
  // The Socket.IO adapter does not wait for its publishing: a rejection there would go unhandled and end the process.
  const publish = publisher.publish.bind(publisher)
  const publishOrDrop: typeof publish = async (channel, message) => (publisher.isReady ? publish(channel, message).catch(() => 0) : 0)
  Object.defineProperty(publisher, 'publish', { value: publishOrDrop })
  // Left alone, the clients would try for ever, and the server neither start nor say why.
  const late = setTimeout(() => [publisher, subscriber].forEach((client) => client.destroy()), START)
  await Promise.all([publisher.connect(), subscriber.connect()]).finally(() => clearTimeout(late))
  return {
    publisher,
    subscriber,
    ready: () => publisher.isReady && subscriber.isReady,
    close() {
      publisher.destroy()
      subscriber.destroy()
    },
  }
}
