import { RateLimiterMemory } from 'rate-limiter-flexible'
import { RefusedError } from '../../shared/protocol/errors.ts'

/** Counts what one person or address does. */
export type RateLimiter = {
  /** @throws RefusedError `rate_limited` with `retryAfterMs` when `key` has used up its points. */
  take: (key: string, points?: number) => Promise<void>
}

/** Counts what turned out wrong, and nothing else: however many who are right come at once, they are no guess. Of guesses at the same thing, one is to be judged after the other. */
export type GuessLimiter = {
  /** @throws RefusedError `rate_limited` with `retryAfterMs` when `key` was wrong too often: then nobody learns whether it is right now. */
  check: (key: string) => Promise<void>
  miss: (key: string) => Promise<void>
}

/** `points` wrong ones per `seconds` for each key, counted in this process. */
export function createGuessLimiter(points: number, seconds: number): GuessLimiter {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return {
    async check(key) {
      const state = await limiter.get(key)
      if (state && state.consumedPoints >= points) throw new RefusedError('rate_limited', { retryAfterMs: state.msBeforeNext })
    },
    miss: async (key) => void (await limiter.penalty(key)),
  }
}

/** `points` per `seconds` for each key, counted in this process. */
export function createRateLimiter(points: number, seconds: number): RateLimiter {
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
  }
}
