import { expect, it } from 'vitest'
import { backoff } from './backoff.ts'

it.each([
  [1, 0, 250],
  [1, 1, 500],
  [3, 1, 2_000],
  [5, 1, 8_000],
  [6, 1, 10_000],
  [60, 0, 5_000],
])('after %i failures, random %d: %i ms', (attempts, random, wait) => expect(backoff(attempts, random)).toBe(wait))
