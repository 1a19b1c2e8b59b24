import { expect, test } from 'vitest'
import { NOBODY } from '../../../shared/attendance.ts'
import type { AttendanceList } from '../../../shared/attendance.ts'
import { attendee } from '../fixtures.test-support.ts'
import { EVERYBODY, ON_THEIR_OWN, filtered, groups, leftOf, quotaRows, quotasOf, takenOf } from './listing.ts'

const list = (attendees: AttendanceList['attendees'], quotas: AttendanceList['settings']['quotas'] = []): AttendanceList => ({
  settings: { version: 1, venue: '', seats: 0, applyUntil: null, hallCode: '123456', quotas },
  attendees,
  figures: NOBODY,
})
const name = (id: string | null) => (id === null ? '个人' : id)

test('finds by name, seat, note and last digits, in one state, of one forum', () => {
  const all = [attendee({ name: '王 芳', seat: 'A3', forumId: 'f1' }), attendee({ name: '李明', note: '坐轮椅', phoneHint: '1234', state: 'waiting', forumId: null, checkedInAt: '2026-11-22T01:00:00.000Z' })]
  const names = (over: Partial<typeof EVERYBODY>) => filtered(all, { ...EVERYBODY, ...over }).map((one) => one.name)
  expect(names({})).toEqual(['王 芳', '李明'])
  expect(names({ search: '王芳' })).toEqual(['王 芳'])
  expect(names({ search: 'a3' })).toEqual(['王 芳'])
  expect(names({ search: '轮椅' })).toEqual(['李明'])
  expect(names({ search: '1234' })).toEqual(['李明'])
  expect(names({ state: 'waiting' })).toEqual(['李明'])
  expect(names({ state: 'here' })).toEqual(['李明'])
  expect(names({ forumId: ON_THEIR_OWN })).toEqual(['李明'])
  expect(names({ forumId: 'f1', state: 'waiting' })).toEqual([])
})

test('groups by forum, decisions first, the waiting in their order', () => {
  const all = [
    attendee({ name: '甲', forumId: 'f1', state: 'declined' }),
    attendee({ name: '乙', forumId: null, state: 'applied' }),
    attendee({ name: '丙', forumId: 'f1', state: 'waiting', waitingNumber: 2 }),
    attendee({ name: '丁', forumId: 'f1', state: 'waiting', waitingNumber: 1 }),
    attendee({ name: '戊', forumId: 'f1', state: 'accepted' }),
  ]
  const [forum, own] = groups(list(all, [{ forumId: 'f1', seats: 5 }]), all, name)
  expect(forum?.attendees.map((one) => one.name)).toEqual(['丁', '丙', '戊', '甲'])
  expect([forum?.taken, forum?.quota, own?.forumId, own?.quota]).toEqual([1, 5, null, null])
})

test('counts the seats of a forum: who declined gives theirs back', () => {
  const some = list([attendee({ forumId: 'f1' }), attendee({ forumId: 'f1', state: 'declined' }), attendee({ forumId: 'f1', state: 'cancelled' })], [{ forumId: 'f1', seats: 2 }])
  expect(takenOf(some, 'f1')).toBe(1)
  expect(leftOf(some, 'f1')).toBe(1)
  expect(leftOf(some, 'f2')).toBeNull()
  expect(leftOf(list([attendee({ forumId: 'f1' }), attendee({ forumId: 'f1' })], [{ forumId: 'f1', seats: 1 }]), 'f1')).toBe(0)
})

test('has a line for each forum, archived ones too that are counted here', () => {
  const some = list([attendee({ forumId: 'old' })], [{ forumId: 'f1', seats: 3 }])
  const rows = quotaRows(some, [{ id: 'f1', name: '甲', code: 'a', members: 1 }, { id: 'f2', name: '乙', code: 'b', members: 1 }], name)
  expect(rows.map(({ forumId, seats, taken }) => [forumId, seats, taken])).toEqual([
    ['f1', 3, 0],
    ['f2', null, 0],
    ['old', null, 1],
  ])
  expect(quotasOf(rows)).toEqual([{ forumId: 'f1', seats: 3 }])
})
