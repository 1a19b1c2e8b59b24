import { expect, test } from 'vitest'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { createGuessLimiter, createRateLimiter } from './limiter.ts'

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

test('counts guesses that were wrong, and none that was right', async () => {
  const limiter = createGuessLimiter(2, 60)
  for (let index = 0; index < 5; index++) await limiter.check('a')
  await limiter.miss('a')
  await limiter.check('a')
  await limiter.miss('a')
  const refused = await limiter.check('a').catch((error: unknown) => error)
  if (!(refused instanceof RefusedError)) throw new Error('was not refused')
  expect(refused.refusal.code).toBe('rate_limited')
  expect(refused.refusal.retryAfterMs).toBeGreaterThan(59_000)
  await limiter.check('b')
})
