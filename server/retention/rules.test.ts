import { describe, expect, test } from 'vitest'
import { RETENTION_RULES } from '../../shared/administration.ts'
import { DEFAULT_SITE } from '../../shared/site.ts'
import { cutoffs, noneTaken, over, overAt, takenOf, wordingLeft } from './rules.ts'
import type { Lifetime } from './rules.ts'

const NOW = Date.parse('2026-11-22T02:00:00.000Z')
const session = (over: Partial<Lifetime> = {}): Lifetime => ({ id: 's', phase: 'ended', startsAt: '2026-05-01T01:00:00.000Z', plannedMinutes: 60, endedAt: '2026-05-01T02:30:00.000Z', lateMinutes: 0, ...over })

test('each period counts back from now', () => {
  expect(cutoffs({ ...DEFAULT_SITE.retention, logDays: 60, peopleDays: 1 }, NOW)).toMatchObject({ log: '2026-09-23T02:00:00.000Z', people: '2026-11-21T02:00:00.000Z', unused: '2026-11-15T02:00:00.000Z' })
})

describe('a session is over', () => {
  test('when it ended, whatever was planned', () => expect(overAt(session())).toBe('2026-05-01T02:30:00.000Z'))
  test('a month after its planned end when nobody ended it', () => expect(overAt(session({ endedAt: null, phase: 'live' }))).toBe('2026-05-31T02:00:00.000Z'))
  test('before the cut-off, not at it', () => {
    const now = new Date(NOW).toISOString()
    expect(over([session()], '2026-05-01T02:30:00.000Z', now)).toEqual([])
    expect(over([session()], '2026-05-01T02:30:00.001Z', now)).toEqual(['s'])
  })
  test('not while late votes are taken, by which somebody forgotten could vote once more', () => {
    const late = session({ lateMinutes: 7 * 24 * 60 })
    expect(over([late], '2026-05-07T02:00:00.000Z', '2026-05-08T02:29:59.999Z')).toEqual([])
    expect(over([late], '2026-05-07T02:00:00.000Z', '2026-05-08T02:30:00.000Z')).toEqual(['s'])
    expect(over([{ ...late, phase: 'archived' }], '2026-05-03T02:00:00.000Z', '2026-05-04T02:00:00.000Z')).toEqual(['s'])
  })
})

test('what was masked becomes what was shown; what was corrected is gone, and seen to be corrected', () => {
  expect(wordingLeft('打138****8000', '打138****8000')).toBe('打138****8000')
  expect(wordingLeft('请修路。', '快给我修路！')).toBe('')
})

test('an outcome has every rule, and only what was taken is noted', () => {
  expect(Object.keys(noneTaken())).toEqual([...RETENTION_RULES])
  expect(takenOf({ ...noneTaken(), chat: 3 })).toEqual({ chat: 3 })
})
