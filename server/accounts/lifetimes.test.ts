import { expect, test } from 'vitest'
import { expiryOf, serves, wantsNoting, wantsRotation } from './lifetimes.ts'

const HOUR = 3_600_000
const start = Date.parse('2026-11-22T01:30:00.000Z')
const at = (hours: number) => new Date(start + hours * HOUR).toISOString()
const signIn = { token: 'new', previous: 'old', rotatedAt: at(24), seenAt: at(25), expiresAt: at(36) }

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

test('it is noted every five minutes that it is used, and it is replaced every day', () => {
  expect(wantsNoting(signIn, 'new', start + 25 * HOUR + 299_999)).toBe(false)
  expect(wantsNoting(signIn, 'new', start + 25 * HOUR + 300_000)).toBe(true)
  expect(wantsRotation(signIn, 'new', start + 48 * HOUR - 1)).toBe(false)
  expect(wantsRotation(signIn, 'new', start + 48 * HOUR)).toBe(true)
  expect(wantsRotation(signIn, 'old', start + 48 * HOUR)).toBe(false)
})

test('a new token that never arrived: the one before serves on, and gets another', () => {
  const lost = { ...signIn, seenAt: signIn.rotatedAt }
  expect(serves(lost, 'old', start + 30 * HOUR)).toBe(true)
  expect(wantsRotation(lost, 'old', start + 24 * HOUR + 59_999)).toBe(false)
  expect(wantsRotation(lost, 'old', start + 24 * HOUR + 60_000)).toBe(true)
  // The first use of the new one ends that.
  expect(wantsNoting(lost, 'old', start + 24 * HOUR)).toBe(false)
  expect(wantsNoting(lost, 'new', start + 24 * HOUR)).toBe(true)
  expect(wantsNoting({ ...lost, previous: null }, 'new', start + 24 * HOUR)).toBe(false)
})
