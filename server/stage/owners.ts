import type { Logger } from 'pino'
import type { RedisClient } from '../realtime/redis.ts'
import { STAGE_TIMES } from './ops.ts'
import type { MediaOwners } from './ports.ts'

export type Redis = RedisClient

/** One process: everything is its own. */
export function createSoleOwner(processId: string): MediaOwners {
  return {
    owner: async () => processId,
    holds: () => true,
    release: async () => undefined,
    onLost: () => () => undefined,
    close: async () => undefined,
  }
}

const key = (sessionId: string) => `fangtan:media:owner:${sessionId}`

// Compared and changed in one step: the claim may have passed to another process since it was read.
const RENEW = `
local owner = redis.call('GET', KEYS[1])
if owner == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) return 1 end
if not owner then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1 end
return 0`
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

/**
 * Claims as leases in Redis. While Redis is away nobody can claim anything, so a process keeps what it holds and carries on.
 * @param redis connected; stays the caller's to close
 */
export function createRedisOwners(redis: RedisClient, processId: string, log: Logger): MediaOwners {
  const held = new Set<string>()
  const listeners = new Set<(sessionId: string) => void>()

  async function renew(sessionId: string): Promise<void> {
    const kept = await redis.eval(RENEW, { keys: [key(sessionId)], arguments: [processId, String(STAGE_TIMES.lease)] })
    if (kept === 1 || !held.delete(sessionId)) return
    log.warn({ sessionId }, 'media of the session was taken over by another process')
    for (const listener of listeners) listener(sessionId)
  }

  function renewAll(): void {
    if (!redis.isReady) return
    for (const sessionId of held) renew(sessionId).catch((error: unknown) => log.warn({ err: error, sessionId }, 'media claim not renewed'))
  }
  const timer = setInterval(renewAll, STAGE_TIMES.sync)
  timer.unref()
  // A Redis that comes back empty knows no claims: renewed before anybody else asks.
  redis.on('ready', renewAll)

  async function release(sessionId: string): Promise<void> {
    if (!held.delete(sessionId) || !redis.isReady) return
    await redis.eval(RELEASE, { keys: [key(sessionId)], arguments: [processId] })
  }

  return {
    async owner(sessionId, mayHost) {
      if (held.has(sessionId)) return processId
      if (!redis.isReady) return null
      const current = await redis.get(key(sessionId))
      if (current !== null && current !== processId) return current
      if (!mayHost) return null
      const claimed = await redis.set(key(sessionId), processId, { condition: 'NX', expiration: { type: 'PX', value: STAGE_TIMES.lease } })
      const owner = claimed === null ? await redis.get(key(sessionId)) : processId
      if (owner === processId) held.add(sessionId)
      return owner
    },
    holds: (sessionId) => held.has(sessionId),
    release,
    onLost(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      clearInterval(timer)
      redis.off('ready', renewAll)
      await Promise.allSettled([...held].map(release))
    },
  }
}
