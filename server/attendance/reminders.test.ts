import { expect, test } from 'vitest'
import { noticeTexts } from './notices.ts'
import { asked, isDue, justReminded, reminderSince } from './reminders.ts'

/** 9:30 on a Sunday in the county. */
const STARTS = '2026-11-22T01:30:00.000Z'
const county = (time: string) => Date.parse(`2026-11-${time}:00.000+08:00`)

test.each<[string, string | null]>([
  ['21T17:59', null],
  ['21T18:00', '21T18:00'],
  ['21T19:59', '21T18:00'],
  ['21T20:00', null],
  ['22T07:29', null],
  ['22T07:30', '22T07:30'],
  ['22T09:29', '22T07:30'],
  ['22T09:30', null],
])('at %s people are reminded of what is due since %s', (now, since) => {
  expect(reminderSince(STARTS, county(now))).toBe(since === null ? null : county(since))
})

test('a start soon after midnight has its evening the day before, too', () => {
  const starts = new Date(county('22T00:30')).toISOString()
  expect(reminderSince(starts, county('21T18:30'))).toBe(county('21T18:00'))
  expect(reminderSince(starts, county('21T22:30'))).toBe(county('21T22:30'))
})

test('who has a place, is not there yet and was not reminded of it is due', () => {
  const since = county('21T18:00')
  const one = { state: 'accepted' as const, remindedAt: null, checkedInAt: null }
  expect(isDue(one, since)).toBe(true)
  expect(isDue({ ...one, remindedAt: new Date(since - 1).toISOString() }, since)).toBe(true)
  expect(isDue({ ...one, remindedAt: new Date(since).toISOString() }, since)).toBe(false)
  expect(isDue({ ...one, checkedInAt: STARTS }, since)).toBe(false)
  expect(isDue({ ...one, state: 'invited' }, since)).toBe(false)
})

test('by hand people are asked to reply, or reminded to come', () => {
  const states = ['invited', 'accepted', 'waiting', 'applied', 'refused', 'declined', 'cancelled'] as const
  expect(states.map((state) => asked({ state, checkedInAt: null }))).toEqual(['ask', 'reminder', null, null, null, null, null])
  expect(asked({ state: 'accepted', checkedInAt: STARTS })).toBeNull()
  expect([justReminded({ remindedAt: null }, 0), justReminded({ remindedAt: STARTS }, Date.parse(STARTS) + 599_999), justReminded({ remindedAt: STARTS }, Date.parse(STARTS) + 600_000)]).toEqual([false, true, false])
})

test('a notice says what, when in the county, and where; without a place where it is not known', () => {
  const session = { title: '网民恳谈会', startsAt: STARTS, attendance: { venue: '县行政中心一楼' } }
  expect(noticeTexts('reminder', session)['zh-CN']).toEqual({ title: '网民恳谈会', body: '提醒您按时到会：11月22日周日 09:30，县行政中心一楼。入场请出示二维码。' })
  expect(noticeTexts('place', { ...session, attendance: { venue: '' } }).en.body).toMatch(/^There is a place for you: Sun.* 22 November.* 09:30\.$/)
})
