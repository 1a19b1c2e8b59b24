import { expect, test } from 'vitest'
import { slowModeWait } from './rules.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1_000).toISOString()

test.each<[string, string | null, number, string, number]>([
  ['the first message', null, 30, at(0), 0],
  ['slow mode off', at(0), 0, at(0), 0],
  ['at once', at(0), 30, at(0), 30_000],
  ['half way', at(0), 30, at(15), 15_000],
  ['in time', at(0), 30, at(30), 0],
  ['long after', at(0), 30, at(3_000), 0],
])('%s', (_name, last, seconds, now, wait) => expect(slowModeWait(last, seconds, now)).toBe(wait))
