import { expect, it } from 'vitest'
import { isLate, waitingSince } from './waiting.ts'

const since = '2026-11-22T01:30:00.000Z'
const after = (seconds: number) => waitingSince(since, Date.parse(since) + seconds * 1000)

it('says how long in the coarsest unit', () => {
  expect(after(-5)).toEqual({ unit: 'now', count: 0 })
  expect(after(59)).toEqual({ unit: 'now', count: 0 })
  expect(after(60)).toEqual({ unit: 'minutes', count: 1 })
  expect(after(3599)).toEqual({ unit: 'minutes', count: 59 })
  expect(after(3600)).toEqual({ unit: 'hours', count: 1 })
  expect(after(86400 * 2)).toEqual({ unit: 'days', count: 2 })
})

it('reminds of what waited five minutes on air, or a day before', () => {
  const wentLiveAt = '2026-11-22T01:20:00.000Z'
  const late = (minutes: number, phase: 'announced' | 'live', state: 'pending' | 'approved' = 'pending') =>
    isLate({ state, submittedAt: since }, { now: Date.parse(since) + minutes * 60_000, phase, wentLiveAt: phase === 'live' ? wentLiveAt : null })
  expect(late(4, 'live')).toBe(false)
  expect(late(5, 'live')).toBe(true)
  expect(late(5, 'live', 'approved')).toBe(false)
  expect(late(60, 'announced')).toBe(false)
  expect(late(1440, 'announced')).toBe(true)
})

it('gives what came in before the start the same time from the start on', () => {
  const clock = (minutes: number) => ({ now: Date.parse(since) + minutes * 60_000, phase: 'live' as const, wentLiveAt: '2026-11-22T02:00:00.000Z' })
  expect(isLate({ state: 'pending', submittedAt: since }, clock(34))).toBe(false)
  expect(isLate({ state: 'pending', submittedAt: since }, clock(35))).toBe(true)
})
