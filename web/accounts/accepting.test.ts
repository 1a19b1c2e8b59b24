import { describe, expect, it } from 'vitest'
import { issuesOf, refusedFields } from './accepting.ts'
import type { Field, Typed } from './accepting.ts'

const ALL: Field[] = ['siteName', 'name', 'username', 'password']
const good: Typed = { siteName: '清河县在线访谈', name: '张敏', username: 'zhang.min', password: '青石板路上的骑行道 7' }

describe('what is typed for an account', () => {
  it('does', () => expect(issuesOf(good, ALL)).toEqual({}))
  it('is all missing at first, and only what is asked for counts', () => {
    const none = { siteName: ' ', name: '', username: '', password: '' }
    expect(issuesOf(none, ALL)).toEqual({ siteName: 'too_short', name: 'too_short', username: 'too_short', password: 'weak_password' })
    expect(issuesOf(none, ['password'])).toEqual({ password: 'weak_password' })
  })
  it.each(['ab', '-ab', '张敏', 'a b c', 'a'.repeat(31)])('%j is no user name', (username) => expect(issuesOf({ ...good, username }, ALL)).toEqual({ username: 'username' }))
  it('may be written in capitals', () => expect(issuesOf({ ...good, username: ' Zhang.Min ' }, ALL)).toEqual({}))
  it('has a name that fits beside the camera', () => expect(issuesOf({ ...good, name: '名'.repeat(21) }, ALL)).toEqual({ name: 'too_long' }))
  it('has a password that does not name its owner', () => expect(issuesOf({ ...good, password: 'zhang.min 2026!!' }, ALL)).toEqual({ password: 'weak_password' }))
})

describe('what the server says of it', () => {
  it('is told at the field', () =>
    expect(
      refusedFields(
        {
          code: 'invalid_input',
          issues: [
            { path: 'password', code: 'weak_password' },
            { path: 'username', code: 'invalid_format' },
            { path: 'name', code: 'odd' },
          ],
        },
        ALL,
      ),
    ).toEqual({ password: 'weak_password', username: 'username', name: 'other' }))
  it('may be that the user name is taken', () => expect(refusedFields({ code: 'taken' }, ALL)).toEqual({ username: 'taken' }))
  it('may be about something else', () => {
    expect(refusedFields({ code: 'invalid_input', issues: [{ path: 'token', code: 'invalid_format' }] }, ALL)).toBeNull()
    expect(refusedFields({ code: 'link_invalid' }, ALL)).toBeNull()
  })
})
