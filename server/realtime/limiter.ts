import { RateLimiterMemory } from 'rate-limiter-flexible'
import { RefusedError } from '../../shared/protocol/errors.ts'

/** Counts what one person or address does. */
export type RateLimiter = {
  /** @throws RefusedError `rate_limited` with `retryAfterMs` when `key` has used up its points. */
  take: (key: string, points?: number) => Promise<void>
}

/** Counts only what turned out wrong: taken before it is known, and given back to who was right. */
export type GuessLimiter = RateLimiter & { giveBack: (key: string) => Promise<void> }

/** `points` per `seconds` for each key, counted in this process. */
export function createRateLimiter(points: number, seconds: number): GuessLimiter {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return {
    async take(key, cost = 1) {
      try {
        await limiter.consume(key, cost)
      } catch (rejected) {
        // The library rejects with its own result object when the points are used up, and with an Error when it failed itself.
        if (rejected instanceof Error) throw rejected
        throw new RefusedError('rate_limited', { retryAfterMs: (rejected as { msBeforeNext: number }).msBeforeNext })
      }
    },
    giveBack: async (key) => void (await limiter.reward(key)),
  }
}
