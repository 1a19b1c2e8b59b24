import { expect, test } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { createRateLimiter } from './limiter.ts'

test('takes its points from each key apart, and says how long to wait', async () => {
  const limiter = createRateLimiter(3, 60)
  await limiter.take('a')
  await limiter.take('a', 2)
  await limiter.take('b')
  const refused = await limiter.take('a').catch((error: unknown) => error)
  if (!(refused instanceof RefusedError)) throw new Error('was not refused')
  expect(refused.refusal.code).toBe('rate_limited')
  expect(refused.refusal.retryAfterMs).toBeGreaterThan(59_000)
  expect(refused.refusal.retryAfterMs).toBeLessThanOrEqual(60_000)
})

test('gives back what turned out right, so that only guesses count', async () => {
  const limiter = createRateLimiter(2, 60)
  for (let index = 0; index < 5; index++) {
    await limiter.take('a')
    await limiter.giveBack('a')
  }
  await limiter.take('a')
  await limiter.take('a')
  await expect(limiter.take('a')).rejects.toBeInstanceOf(RefusedError)
})
