import { expect, test } from 'vitest'
import { countyDate, monthAfter } from './county.ts'

test.each([
  ['2026-11-22T15:59:59.999Z', '2026-11-22'],
  ['2026-11-22T16:00:00.000Z', '2026-11-23'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01'],
])('at %s the county has %s', (at, date) => {
  expect(countyDate(at)).toBe(date)
  expect(countyDate(Date.parse(at))).toBe(date)
})

test.each([
  ['2026-11-22', '2026-12-22'],
  ['2026-12-15', '2027-01-15'],
  ['2026-01-31', '2026-02-28'],
  ['2028-01-30', '2028-02-29'],
])('a month after %s is %s', (date, after) => {
  expect(monthAfter(date)).toBe(after)
})
