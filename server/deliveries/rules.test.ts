import { describe, expect, it } from 'vitest'
import { MAX_ATTEMPTS, afterAttempt, nextDelay } from './rules.ts'

describe('when to try again', () => {
  it('waits longer each time, from ten seconds to six hours, and gives up after ten attempts', () => {
    const delays = Array.from({ length: MAX_ATTEMPTS }, (_, index) => nextDelay(index + 1, 0.5))
    expect(delays).toEqual([10_000, 40_000, 160_000, 640_000, 2_560_000, 10_240_000, 21_600_000, 21_600_000, 21_600_000, null])
  })

  it('never comes back at the same moment as what failed with it', () => {
    expect(nextDelay(1, 0)).toBe(7_500)
    expect(nextDelay(1, 1)).toBe(12_500)
  })
})

describe('after an attempt', () => {
  const now = Date.parse('2026-11-22T01:30:00.000Z')
  it('is done, waits, or is given up', () => {
    expect(afterAttempt(1, { delivered: true, outcome: '204', final: false }, now, 0.5)).toEqual({ state: 'delivered', outcome: '204', nextAt: null })
    expect(afterAttempt(1, { delivered: false, outcome: '500', final: false }, now, 0.5)).toEqual({ state: 'waiting', outcome: '500', nextAt: '2026-11-22T01:30:10.000Z' })
    expect(afterAttempt(1, { delivered: false, outcome: '410', final: true }, now, 0.5)).toEqual({ state: 'failed', outcome: '410', nextAt: null })
    expect(afterAttempt(MAX_ATTEMPTS, { delivered: false, outcome: 'timeout', final: false }, now, 0.5)).toEqual({ state: 'failed', outcome: 'timeout', nextAt: null })
  })
})
