import { randomBytes } from 'node:crypto'
import { URI } from 'otpauth'
import type { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { newRecoveryCodes, newSecret, offerOf, stepOf, typedCode } from './codes.ts'

const NOW = Date.parse('2026-11-22T01:30:00.000Z')
const STEP = NOW / 30_000
const secret = newSecret()
const app = URI.parse(offerOf(secret, '清河县在线访谈', 'li.min')) as TOTP
const at = (offsetMs: number) => app.generate({ timestamp: NOW + offsetMs })

describe('codes of an authenticator', () => {
  test('as the offer tells the app', () => {
    expect(app).toMatchObject({ issuer: '清河县在线访谈', label: 'li.min', algorithm: 'SHA1', digits: 6, period: 30 })
    expect(app.secret.base32).toBe(secret)
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  })

  // The second published vector of RFC 6238, shortened to six digits.
  test('as the standard has them', () => expect(stepOf('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', '081804', 1_111_111_109_000, 0)).toBe(37_037_036))

  test('serve for their own step and one beside it', () => {
    expect(stepOf(secret, at(0), NOW, 0)).toBe(STEP)
    expect(stepOf(secret, at(0), NOW + 30_000, 0)).toBe(STEP)
    expect(stepOf(secret, at(0), NOW - 30_000, 0)).toBe(STEP)
    expect(stepOf(secret, at(0), NOW + 60_000, 0)).toBeNull()
    expect(stepOf(secret, at(0), NOW - 60_000, 0)).toBeNull()
  })

  test('never serve twice, nor after a later one', () => {
    expect(stepOf(secret, at(0), NOW + 10_000, STEP)).toBeNull()
    expect(stepOf(secret, at(-30_000), NOW, STEP)).toBeNull()
    expect(stepOf(secret, at(30_000), NOW + 30_000, STEP)).toBe(STEP + 1)
  })

  test.each(['', '12345', '1234567', 'abcdef'])('%s is none', (typed) => expect(stepOf(secret, typed, NOW, 0)).toBeNull())
})

describe('what is typed', () => {
  test.each([
    ['123 456', 'authenticator', '123456'],
    ['１２３４５６', 'authenticator', '123456'],
    ['7K2MD-9XQ4W', 'recovery', '7k2md9xq4w'],
    ['7k2md 9xqoi', 'recovery', '7k2md9xq01'],
    ['12345-67890', 'recovery', '1234567890'],
  ])('%s', (typed, kind, code) => expect(typedCode(typed)).toEqual({ kind, code }))
})

test('ten recovery codes, none like another, each read as it is written', () => {
  const codes = newRecoveryCodes(randomBytes)
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/)
    expect(typedCode(code)).toEqual({ kind: 'recovery', code: code.replace('-', '') })
  }
})
