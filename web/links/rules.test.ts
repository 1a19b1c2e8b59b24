import { describe, expect, it } from 'vitest'
import type { LinkAlarm, SignInLink } from '../../shared/accounts.ts'
import { groupAlarms, orderLinks, validityOf } from './rules.ts'

const link = (id: string, role: SignInLink['role'], guestId: string | null = null): SignInLink => ({ id, role, guestId, name: '', url: `/in/${id}`, expiresAt: null, expired: false, revoked: false, holder: null, uses: [] })
const alarm = (id: string, linkId: string, at: string): LinkAlarm => ({ id, linkId, name: '', role: 'guest', at, device: '', kind: 'refused' })

describe('the links of a session', () => {
  it('stand by what they are for, guests as the session lists them', () => {
    const links = [link('gone', 'guest', 'g9'), link('b', 'guest', 'g2'), link('recorder', 'recorder'), link('a', 'guest', 'g1'), link('moderator', 'moderator'), link('host', 'host')]
    expect(orderLinks(links, ['g1', 'g2']).map(({ id }) => id)).toEqual(['host', 'moderator', 'recorder', 'a', 'b', 'gone'])
  })

  it('are valid until a time, or until revoked', () => {
    const now = Date.parse('2026-11-22T00:00:00.000Z')
    expect(validityOf({ expired: false, expiresAt: null }, now)).toBe('open')
    expect(validityOf({ expired: false, expiresAt: '2026-11-24T00:00:00.000Z' }, now)).toBe('until')
    expect(validityOf({ expired: false, expiresAt: '2026-11-22T23:59:00.000Z' }, now)).toBe('soon')
    expect(validityOf({ expired: false, expiresAt: '2026-11-22T00:00:00.000Z' }, now)).toBe('expired')
    expect(validityOf({ expired: true, expiresAt: '2026-11-22T01:00:00.000Z' }, now)).toBe('expired')
  })
})

describe('alarms', () => {
  it('make one line for each link, with the newest', () => {
    const groups = groupAlarms([alarm('1', 'a', '2026-11-22T01:00:00.000Z'), alarm('2', 'b', '2026-11-22T02:00:00.000Z'), alarm('3', 'a', '2026-11-22T03:00:00.000Z')])
    expect(groups.map(({ alarm: { id }, earlier }) => [id, earlier])).toEqual([
      ['3', 1],
      ['2', 0],
    ])
  })
})
