import { expect, test } from 'vitest'
import { JOB_AGAIN, JOB_EVERY, nextRun } from './rules.ts'

const at = '2026-11-22T01:30:00.000Z'

test('a job runs at once when it never ran, a day after it went well, and an hour after it failed', () => {
  expect(nextRun(null)).toBe(0)
  expect(nextRun({ at, outcome: 'ok' })).toBe(Date.parse(at) + JOB_EVERY)
  expect(nextRun({ at, outcome: 'failed' })).toBe(Date.parse(at) + JOB_AGAIN)
})
