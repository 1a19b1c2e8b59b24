import { describe, expect, test } from 'vitest'
import { CALENDAR } from './calendar.ts'
import { dayOf, dueDate, isWorkingDay } from './rules.ts'
import type { Overrides } from './rules.ts'

const works = (date: string, overrides: Overrides = []) => isWorkingDay(date, CALENDAR, overrides)
const due = (from: string, overrides: Overrides = []) => dueDate(from, 5, CALENDAR, overrides)

describe('working days of 2026', () => {
  test.each<[string, boolean, string]>([
    ['2026-01-01', false, 'New Year'],
    ['2026-01-02', false, 'a bridge day'],
    ['2026-01-04', true, 'a Sunday that makes up for it'],
    ['2026-02-14', true, 'a Saturday before the Spring Festival'],
    ['2026-02-16', false, 'the eve'],
    ['2026-02-23', false, 'the last day of the Spring Festival'],
    ['2026-02-24', true, 'the day after'],
    ['2026-02-28', true, 'a Saturday that makes up for it'],
    ['2026-05-09', true, 'a Saturday after Labour Day'],
    ['2026-06-19', false, 'the Dragon Boat Festival'],
    ['2026-09-20', true, 'a Sunday before National Day'],
    ['2026-09-25', false, 'Mid-autumn'],
    ['2026-10-10', true, 'a Saturday after National Day'],
    ['2026-11-21', false, 'a plain Saturday'],
    ['2026-11-23', true, 'a plain Monday'],
  ])('%s: %s (%s)', (date, working) => expect(works(date)).toBe(working))

  test('are named', () => {
    expect(dayOf('2026-02-17', CALENDAR, []).name).toEqual({ 'zh-CN': '春节', en: 'Spring Festival' })
    expect(dayOf('2026-11-23', CALENDAR, []).name).toEqual({ 'zh-CN': '', en: '' })
  })

  test('give way to what the installation says', () => {
    const overrides = [
      { date: '2026-11-23', working: false, note: '县庆' },
      { date: '2026-10-01', working: true, note: '值班' },
    ]
    expect(works('2026-11-23', overrides)).toBe(false)
    expect(works('2026-10-01', overrides)).toBe(true)
    expect(dayOf('2026-11-23', CALENDAR, overrides).name['zh-CN']).toBe('县庆')
  })
})

describe('what is due', () => {
  test.each([
    ['2026-11-16', '2026-11-23', 'over one weekend'],
    ['2026-11-20', '2026-11-27', 'handed over on a Friday'],
    ['2026-11-21', '2026-11-27', 'handed over on a Saturday: day one is Monday, too'],
    ['2026-09-28', '2026-10-10', 'over National Day, with a Saturday that is worked'],
    ['2026-02-12', '2026-02-26', 'over the Spring Festival, a Saturday before it'],
    ['2026-09-18', '2026-09-24', 'with a Sunday that is worked'],
  ])('from %s on %s (%s)', (from, expected) => {
    const found = due(from)
    expect(found.due).toBe(expected)
    expect(found.days.filter(({ working }) => working)).toHaveLength(5)
    expect(found.provisional).toBe(false)
  })

  test('shifts with an override', () => {
    expect(due('2026-11-16', [{ date: '2026-11-18', working: false, note: '' }]).due).toBe('2026-11-24')
    expect(due('2026-11-16', [{ date: '2026-11-22', working: true, note: '' }]).due).toBe('2026-11-22')
  })

  test('is provisional when it reaches into a year that is not published', () => {
    const after = Math.max(...CALENDAR.published) + 1
    expect(due(`${after}-03-01`).provisional).toBe(true)
    expect(due(`${after - 1}-12-28`).provisional).toBe(true)
    expect(due(`${after - 1}-12-14`).provisional).toBe(false)
  })

  test('is settled there once somebody said what each day is', () => {
    const after = Math.max(...CALENDAR.published) + 1
    const days = ['01', '02', '03', '04', '05'].map((day) => ({ date: `${after}-06-${day}`, working: true, note: '' }))
    expect(due(`${after}-05-31`, days)).toMatchObject({ due: `${after}-06-05`, provisional: false })
  })
})
