import { expect, test } from 'vitest'
import { dayBounds } from './rules.ts'

test('a day is the county’s', () => {
  expect(dayBounds('2026-11-22')).toEqual({ start: '2026-11-21T16:00:00.000Z', end: '2026-11-22T16:00:00.000Z' })
})
