import { expect, it } from 'vitest'
import { waitOf } from './waiting.ts'

it.each([
  [-5, 'seconds', 1],
  [1, 'seconds', 1],
  [29_001, 'seconds', 30],
  [89_000, 'seconds', 89],
  [89_001, 'minutes', 2],
  [15 * 60_000, 'minutes', 15],
  [89 * 60_000, 'minutes', 89],
  [90 * 60_000, 'hours', 2],
  [24 * 3_600_000, 'hours', 24],
] as const)('%i ms: %s %i', (ms, unit, count) => {
  expect(waitOf(ms)).toEqual({ unit, count })
})
