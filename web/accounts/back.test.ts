import { describe, expect, it } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import { backOf, nextPage } from './back.ts'

describe('the way back', () => {
  it.each(['/', '/s/demo000001/desk', '/admin/people?page=2', '/s/demo000001#top'])('%s is one', (path) => expect(backOf(path)).toBe(path))
  it.each(['', '//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/with space', '/\nx', `/${'a'.repeat(400)}`, '/sign-in', '/sign-in?back=/x', '/in/some-token', '/setup', '/invite/x'])(
    '%j is none',
    (path) => expect(backOf(path)).toBeNull(),
  )
  it('is none when nobody gave one', () => expect([backOf(undefined), backOf(null), backOf([])]).toEqual([null, null, null]))
  it('may begin like a page that is none', () => expect(backOf('/invited')).toBe('/invited'))
})

describe('the next page', () => {
  const me = (secondFactor: 'on' | 'off' | 'required'): Me => ({
    personId: 'a',
    grants: [],
    signedIn: 'staff',
    account: { username: 'a', name: 'A', post: '', departmentId: null, spokesperson: false, role: 'admin', secondFactor },
    verified: [],
    consented: null,
  })
  it('is the one wanted', () => expect(nextPage(me('on'), '/admin')).toBe('/admin'))
  it('is home otherwise', () => expect(nextPage(me('off'), null)).toBe('/'))
  it('is where the second factor is set up, and from there back', () => expect([nextPage(me('required'), '/s/a?b=1'), nextPage(me('required'), null)]).toEqual(['/account?back=%2Fs%2Fa%3Fb%3D1', '/account']))
})
