import { expect, test } from 'vitest'
import type { PlatformRole } from '../../shared/accounts.ts'
import { counts, landing, linkClaim, linkExpiry, linkView, movedExpiry, needsSecondFactor, readClaim, withoutLink } from './rules.ts'
import type { Standing, StoredLink } from './rules.ts'

const AT = '2026-11-22T01:30:00.000Z'
const link: StoredLink = { id: 'g', sessionId: 's', role: 'guest', guestId: 'z', name: '周建国', accountId: null, generation: 3, expiresAt: null, holder: null, heldAt: null, device: null, revokedAt: null }
const standing = (over: Partial<Standing>): Standing => ({ grant: link, expiresAt: null, account: null, ...over })
const account = (role: PlatformRole, disabled = false, secondFactor = false) => standing({ account: { role, disabled, secondFactor } })

test('what is held counts until its time, and as long as its account does', () => {
  expect(counts(standing({}), AT, 'everybody')).toBe(true)
  expect(counts(standing({ expiresAt: '2026-11-22T01:30:00.001Z' }), AT, 'nobody')).toBe(true)
  expect(counts(standing({ expiresAt: AT }), AT, 'nobody')).toBe(false)
  expect(counts(account('staff'), AT, 'nobody')).toBe(true)
  expect(counts(account('staff', true, true), AT, 'nobody')).toBe(false)
})

test.each<[PlatformRole, 'nobody' | 'administrators' | 'everybody', boolean]>([
  ['admin', 'nobody', false],
  ['admin', 'administrators', true],
  ['admin', 'everybody', true],
  ['supervisor', 'administrators', true],
  ['staff', 'administrators', false],
  ['officer', 'everybody', true],
])('a second factor of a %s where it is asked of %s: %s', (role, rule, needed) => {
  expect(needsSecondFactor(role, rule)).toBe(needed)
  expect(counts(account(role), AT, rule)).toBe(!needed)
  expect(counts(account(role, false, true), AT, rule)).toBe(true)
})

test('a link names its grant and generation; one of before names the first', () => {
  expect(readClaim(linkClaim({ id: 'g', generation: 12 }))).toEqual({ id: 'g', generation: 12 })
  expect(readClaim('g')).toEqual({ id: 'g', generation: 1 })
  for (const wrong of ['g.', 'g.0', 'g.-1', 'g.1.2', 'g.x', 'g.1e3', 'g.01']) expect(readClaim(wrong), wrong).toBeNull()
})

test('a link serves for a week after the planned end, and for a week at least', () => {
  const session = { startsAt: '2026-11-24T01:30:00.000Z', plannedMinutes: 90 }
  expect(linkExpiry(session, AT)).toBe('2026-12-01T03:00:00.000Z')
  expect(linkExpiry({ ...session, startsAt: '2026-10-01T00:00:00.000Z' }, AT)).toBe('2026-11-29T01:30:00.000Z')
  const moved = { startsAt: '2026-12-24T01:30:00.000Z', plannedMinutes: 90 }
  expect(movedExpiry({ expiresAt: '2026-12-01T03:00:00.000Z' }, moved, AT)).toBe('2026-12-31T03:00:00.000Z')
  expect(movedExpiry({ expiresAt: '2027-01-31T00:00:00.000Z' }, moved, AT)).toBe('2027-01-31T00:00:00.000Z')
  expect(movedExpiry({ expiresAt: null }, moved, AT)).toBeNull()
  expect(movedExpiry({ expiresAt: AT }, moved, AT)).toBe(AT)
})

test('hosts see who holds a link, and whether it is past its time', () => {
  expect(linkView(link, 'u', [], AT)).toEqual({ id: 'g', role: 'guest', guestId: 'z', name: '周建国', url: 'u', expiresAt: null, expired: false, revoked: false, holder: null, uses: [] })
  expect(linkView({ ...link, revokedAt: AT }, 'u', [], AT)).toMatchObject({ revoked: true })
  expect(linkView({ ...link, expiresAt: AT, holder: 'p', heldAt: AT, device: 'Firefox, Windows' }, 'u', [], AT)).toMatchObject({ expired: true, holder: { device: 'Firefox, Windows', at: AT } })
})

test('guests who are still invited and whose link was revoked may get one again: the last that they had', () => {
  const of = (id: string, guestId: string): StoredLink => ({ ...link, id, guestId })
  const revoked = [of('newest', 'a'), of('older', 'a'), of('replaced', 'b'), of('uninvited', 'c')]
  expect(withoutLink([{ id: 'b' }, { id: 'a' }, { id: 'd' }], [of('serving', 'b')], revoked).map(({ id }) => id)).toEqual(['newest'])
})

test('a link leads to where its role works', () => {
  const to = (role: StoredLink['role']) => landing({ sessionId: 's', role })
  expect([to('host'), to('moderator'), to('guest'), to('recorder'), to('director')]).toEqual(['/s/s/desk', '/s/s/desk', '/s/s/stage', '/s/s/records', '/s/s/desk'])
  expect(landing({ sessionId: null, role: 'host' })).toBe('/')
})
