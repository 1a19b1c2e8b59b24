import { describe, expect, it } from 'vitest'
import { countdown, formatClock, formatDate, formatDateTime, formatTime, fromLocalInput, toLocalInput } from './formatTime.ts'

// 09:30 in Shanghai on Sunday, 22 November 2026
const INSTANT = '2026-11-22T01:30:00.000Z'
const SAME_YEAR = new Date('2026-03-01T00:00:00.000Z')

describe("times in the county's zone", () => {
  it('says the day and the time', () => {
    expect(formatDateTime(INSTANT, 'zh-CN', SAME_YEAR)).toBe('11月22日周日 09:30')
    expect(formatDateTime(INSTANT, 'en', SAME_YEAR)).toBe('Sun, Nov 22 09:30')
  })

  it('says the year when it is another one, counted in Shanghai', () => {
    expect(formatDate(INSTANT, 'zh-CN', new Date('2027-01-01T00:00:00.000Z'))).toContain('2026年')
    expect(formatDate(INSTANT, 'zh-CN', new Date('2026-12-31T15:59:00.000Z'))).not.toContain('2026年')
    expect(formatDate(INSTANT, 'zh-CN', new Date('2026-12-31T16:00:00.000Z'))).toContain('2026年')
  })

  it('begins the day at 00:00', () => {
    expect(formatTime('2026-11-22T16:00:00.000Z', 'zh-CN')).toBe('00:00')
  })

  it('goes into an input and back', () => {
    expect(toLocalInput(INSTANT)).toBe('2026-11-22T09:30')
    expect(fromLocalInput('2026-11-22T09:30')).toBe(INSTANT)
    expect(fromLocalInput('')).toBeNull()
    expect(fromLocalInput('2026-13-40T09:30')).toBeNull()
  })
})

it.each([
  [-5, { days: 0, hours: 0, minutes: 0, seconds: 0 }],
  [1, { days: 0, hours: 0, minutes: 0, seconds: 1 }],
  [93_784_000, { days: 1, hours: 2, minutes: 3, seconds: 4 }],
])('counts down %i ms', (ms, parts) => {
  expect(countdown(ms)).toEqual(parts)
})

it.each([
  [-1, '00:00'],
  [245_900, '04:05'],
  [3_845_000, '1:04:05'],
])('shows %i ms as a clock', (ms, text) => {
  expect(formatClock(ms)).toBe(text)
})
