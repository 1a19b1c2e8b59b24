import { expect, test } from 'vitest'
import { formatDue } from './days.ts'

test.each([
  ['zh-CN', '2026-11-22', '12月1日'],
  ['en', '2026-11-22', '1 December'],
  ['zh-CN', '2025-11-22', '2026年12月1日'],
  ['en', null, '1 December 2026'],
])('in %s, read on %s: %s', (locale, today, expected) => {
  expect(formatDue('2026-12-01', locale, today)).toBe(expected)
})
