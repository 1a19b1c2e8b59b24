import { expect, it } from 'vitest'
import { waitingSince } from './waiting.ts'

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
