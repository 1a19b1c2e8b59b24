import { describe, expect, it, test } from 'vitest'
import { oidcStartSchema } from '../../shared/identity.ts'
import type { IdentityMethod, IdentityRule } from '../../shared/identity.ts'
import type { Role } from '../../shared/accounts.ts'
import { isResident } from '../../shared/rules/identity.ts'
import { backWith, codeFrom, codeText, codeWait, identityLine, mayTakePart, phoneHint, subjectOf } from './rules.ts'

const NOW = Date.parse('2026-11-22T02:00:00.000Z')
const before = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString()

describe('a code', () => {
  it.each([[0, '000000'], [42, '000042'], [999_999, '999999']])('of %i is %s', (random, code) => expect(codeFrom(random)).toBe(code))

  it('is told in both languages, with the name of who sends it', () => {
    expect(codeText('123456', 'zh-CN', '云河县')).toBe('【云河县】验证码 123456，10 分钟内有效。请勿告诉他人，工作人员不会向您索要。')
    expect(codeText('123456', 'en', '')).toBe('123456 is your code. It is valid for 10 minutes. Nobody will ever ask you for it.')
  })
})

test.each<[string, string[], number]>([
  ['the first', [], 0],
  ['at once', [before(0)], 60_000],
  ['half a minute later', [before(30)], 30_000],
  ['a minute later', [before(60)], 0],
  ['the fifth', [before(60), before(120), before(180), before(240)], 0],
  ['the sixth within the hour', [before(60), before(120), before(180), before(240), before(600)], 3_000_000],
  ['the sixth after an hour', [before(60), before(120), before(180), before(240), before(3_600)], 0],
])('the wait of %s', (_name, sent, wait) => expect(codeWait(sent, NOW)).toBe(wait))

test.each([
  ['13800000000', '138****0000'],
  ['+4915112345678', '+49****5678'],
])('the hint of %s', (phone, hint) => expect(phoneHint(phone)).toBe(hint))

test('one account at two issuers is two people, and a number is no account', () => {
  const oidc = (issuer: string, sub: string) => subjectOf({ method: 'oidc', issuer, sub, name: null, phone: null })
  const all = [oidc('https://a', 'b'), oidc('https://ab', ''), oidc('https://a', '13800000000'), subjectOf({ method: 'phone', phone: '13800000000' })]
  expect(new Set(all).size).toBe(4)
  expect(subjectOf({ method: 'oidc', issuer: 'https://a', sub: 'b', name: '张三', phone: null })).toBe(all[0])
})

test('an administrator reads who it is', () => {
  expect(identityLine({ method: 'phone', phone: '13800000000' })).toBe('13800000000')
  expect(identityLine({ method: 'oidc', issuer: 'https://id.example', sub: 's-1', name: '张三', phone: null })).toBe('张三 · s-1 (https://id.example)')
})

const actor = (...roles: Role[]) => ({ personId: 'p', roles })

test.each<[Role[], boolean]>([
  [['participant'], true],
  [['participant', 'representative'], true],
  [['participant', 'guest'], false],
  [['participant', 'staff'], false],
])('%j is a resident: %s', (roles, resident) => expect(isResident(actor(...roles))).toBe(resident))

test.each<[IdentityRule, IdentityMethod[], boolean]>([
  ['anonymous', [], true],
  ['phone', [], false],
  ['phone', ['oidc'], false],
  ['phone', ['phone'], true],
  ['oidc', ['phone'], false],
  ['either', ['oidc'], true],
  ['either', [], false],
])('under %s, known by %j: %s', (rule, methods, may) => {
  expect(mayTakePart(actor('participant'), rule, methods)).toBe(may)
  expect(mayTakePart(actor('participant', 'host'), rule, methods)).toBe(true)
})

describe('the way back', () => {
  it.each([
    ['/s/abc', null, '/s/abc'],
    ['/s/abc?tab=chat#q', null, '/s/abc?tab=chat#q'],
    ['/s/abc?tab=chat#q', 'taken', '/s/abc?tab=chat&refused=taken#q'],
    ['/', 'gateway_failed', '/?refused=gateway_failed'],
    ['/\t/evil.example', null, '/'],
    ['//evil.example/x', null, '/'],
    ['/.//evil.example/x', null, '/'],
    ['/s/..//evil.example', 'cancelled', '/'],
  ])('%s, refused as %s', (back, refused, expected) => expect(backWith(back, refused)).toBe(expected))

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 's/abc', '', '/a b', '/\nx'])('does not begin at %j', (back) => {
    expect(oidcStartSchema.safeParse({ back }).success).toBe(false)
  })
})
