import { expect, test } from 'vitest'
import type { OwnAttendance } from '../../../shared/attendance.ts'
import { repliesOf, standingOf } from './standing.ts'

const NOW = Date.parse('2026-11-20T01:00:00.000Z')
const own = (over: Partial<OwnAttendance> = {}): OwnAttendance => ({ id: 'a', name: '王芳', state: 'invited', waitingNumber: null, seat: '', reason: '', checkedInAt: null, repliedAt: null, version: 1, forum: '', table: '', code: null, ...over })

test('whoever is on the list is told how they stand', () => {
  expect(standingOf(own({ state: 'waiting' }), { applyUntil: null }, 'announced', NOW)).toBe('waiting')
})

test('others may apply until the day that was set, and not once it is over', () => {
  const until = { applyUntil: '2026-11-20T02:00:00.000Z' }
  expect(standingOf(null, until, 'announced', NOW)).toBe('open')
  expect(standingOf(null, until, 'announced', NOW + 2 * 3_600_000)).toBe('none')
  expect(standingOf(null, until, 'ended', NOW)).toBe('none')
  expect(standingOf(null, { applyUntil: null }, 'announced', NOW)).toBe('none')
})

test('a reply may be changed until it is over', () => {
  expect(repliesOf(own(), 'announced')).toEqual({ yes: true, no: true })
  expect(repliesOf(own({ state: 'accepted' }), 'live')).toEqual({ yes: false, no: true })
  expect(repliesOf(own({ state: 'declined' }), 'announced')).toEqual({ yes: true, no: false })
  expect(repliesOf(own({ state: 'accepted', checkedInAt: '2026-11-20T01:00:00.000Z' }), 'live')).toEqual({ yes: false, no: false })
  for (const state of ['refused', 'cancelled'] as const) expect(repliesOf(own({ state }), 'announced')).toEqual({ yes: false, no: false })
  expect(repliesOf(own(), 'cancelled')).toEqual({ yes: false, no: false })
})
