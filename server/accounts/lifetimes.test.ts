import { expect, test } from 'vitest'
import { expiryOf, isSeenLong, serves, wantsRotation } from './lifetimes.ts'

const HOUR = 3_600_000
const start = Date.parse('2026-11-22T01:30:00.000Z')
const at = (hours: number) => new Date(start + hours * HOUR).toISOString()
const signIn = { token: 'new', previous: 'old', rotatedAt: at(24), seenAt: at(24), expiresAt: at(36) }

test('staff is signed out after twelve hours without use, and after a week in any case; others after ninety days', () => {
  expect(expiryOf('staff', at(0), at(0))).toBe(at(12))
  expect(expiryOf('staff', at(0), at(160))).toBe(at(168))
  expect(expiryOf('link', at(0), at(24))).toBe(at(91 * 24))
  expect(expiryOf('resident', at(0), at(399 * 24))).toBe(at(400 * 24))
})

test('the token serves until its time, the one before for a minute', () => {
  expect(serves(signIn, 'new', start + 24 * HOUR)).toBe(true)
  expect(serves(signIn, 'new', start + 36 * HOUR)).toBe(false)
  expect(serves(signIn, 'old', start + 24 * HOUR + 59_999)).toBe(true)
  expect(serves(signIn, 'old', start + 24 * HOUR + 60_000)).toBe(false)
  expect(serves({ ...signIn, previous: null }, 'old', start + 24 * HOUR)).toBe(false)
})

test('it is noted every five minutes that it is used, and it is replaced every day, by whoever has the present one', () => {
  expect(isSeenLong(signIn, start + 24 * HOUR + 299_999)).toBe(false)
  expect(isSeenLong(signIn, start + 24 * HOUR + 300_000)).toBe(true)
  expect(wantsRotation(signIn, 'new', start + 48 * HOUR - 1)).toBe(false)
  expect(wantsRotation(signIn, 'new', start + 48 * HOUR)).toBe(true)
  expect(wantsRotation(signIn, 'old', start + 48 * HOUR)).toBe(false)
})
