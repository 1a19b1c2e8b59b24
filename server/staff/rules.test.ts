import { describe, expect, test } from 'vitest'
import { PLATFORM_ROLES } from '../../shared/accounts.ts'
import { NO_GUESSES } from './guessing.ts'
import { changesOf, losesBy, memberOf, requireStrong, requireUnlocked, secondFactorOf } from './rules.ts'
import type { Account } from './rules.ts'

const NOW = Date.parse('2026-11-22T01:30:00.000Z')
const account: Account = {
  ...NO_GUESSES,
  id: 'a',
  username: 'li.min',
  name: '李敏',
  post: '科员',
  departmentId: null,
  spokesperson: false,
  role: 'staff',
  password: 'scrypt$…',
  totpSealed: null,
  totpOffered: null,
  totpStep: 0,
  recovery: [],
  disabledAt: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  signedInAt: null,
  version: 1,
}

describe('whether a change of role takes something away', () => {
  test.each(PLATFORM_ROLES)('not from %s to the same', (role) => expect(losesBy(role, role)).toBe(false))
  test.each(PLATFORM_ROLES.filter((role) => role !== 'admin'))('from admin to %s', (role) => {
    expect(losesBy('admin', role)).toBe(true)
    expect(losesBy(role, 'admin')).toBe(false)
  })
  test('each way between supervisor and staff: one oversees, the other makes sessions', () => expect([losesBy('supervisor', 'staff'), losesBy('staff', 'supervisor')]).toEqual([true, true]))
})

test.each([
  ['admin', null, 'nobody', 'off'],
  ['admin', null, 'administrators', 'required'],
  ['supervisor', null, 'administrators', 'required'],
  ['officer', null, 'administrators', 'off'],
  ['staff', null, 'everybody', 'required'],
  ['admin', 'sealed', 'everybody', 'on'],
] as const)('%s with %s where %s need one: %s', (role, totpSealed, policy, is) => expect(secondFactorOf({ role, totpSealed }, policy)).toBe(is))

test('a weak password is refused where it was typed, with the reason', () => {
  expect(() => requireStrong('li.min-2026', account, 'next')).toThrow(expect.objectContaining({ refusal: { code: 'invalid_input', issues: [{ path: 'next', code: 'weak_password', reason: 'names_you' }] } }) as Error)
  expect(() => requireStrong('路口那三棵老槐树还在', account)).not.toThrow()
})

test('a lock tells how long it lasts, and is not shown once it is over', () => {
  const locked = { ...account, lockedUntil: '2026-11-22T01:31:00.000Z' }
  expect(() => requireUnlocked(locked, NOW)).toThrow(expect.objectContaining({ refusal: { code: 'locked', retryAfterMs: 60_000 } }) as Error)
  expect(() => requireUnlocked(locked, NOW + 60_000)).not.toThrow()
  expect(memberOf(locked, 2, NOW)).toMatchObject({ lockedUntil: locked.lockedUntil, signIns: 2, disabled: false, secondFactor: false })
  expect(memberOf(locked, 0, NOW + 60_000).lockedUntil).toBeNull()
  expect(Object.keys(memberOf(locked, 0, NOW)).filter((key) => /password|totp|recovery|failures/.test(key))).toEqual([])
})

test('the log of acts is told what an edit changed', () => {
  expect(changesOf(account, account)).toEqual({ changed: '' })
  expect(changesOf(account, { ...account, name: '李明', role: 'officer', departmentId: 'd', disabledAt: '2026-11-22T01:30:00.000Z' })).toEqual({
    changed: 'name departmentId role disabled',
    role: 'officer',
    disabled: true,
    formerly: '李敏',
  })
})
