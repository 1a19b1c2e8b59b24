import { describe, expect, it } from 'vitest'
import { checkChoices, pollWord, takesPolls } from './polling.ts'

const A = { id: 'a' }
const B = { id: 'b' }
const C = { id: 'c' }
const poll = (kind: 'single' | 'multiple' | 'rating' | 'words', maxChoices = 1) => ({ kind, maxChoices, options: kind === 'single' || kind === 'multiple' ? [A, B, C] : [] })

describe('what may be answered', () => {
  it.each([
    ['single', 1, ['a'], ['a']],
    ['single', 1, ['a', 'a'], ['a']],
    ['multiple', 2, ['c', 'a'], ['c', 'a']],
    ['rating', 1, ['5'], ['5']],
    ['words', 1, ['电梯', '「电梯」', 'ＷｉＦｉ'], ['电梯', 'wifi']],
    ['single', 1, [], []],
    ['words', 1, [], []],
  ] as const)('%s takes %#', (kind, max, given, choices) => {
    expect(checkChoices(poll(kind, max), given)).toEqual({ choices, problem: null })
  })

  it.each([
    ['single', 1, ['a', 'b'], 'too_many'],
    ['single', 1, ['x'], 'invalid_value'],
    ['multiple', 2, ['a', 'b', 'c'], 'too_many'],
    ['multiple', 2, ['a', 'x'], 'invalid_value'],
    ['rating', 1, ['0'], 'invalid_value'],
    ['rating', 1, ['6'], 'invalid_value'],
    ['rating', 1, ['1', '2'], 'too_many'],
    ['words', 1, ['一', '二', '三', '四'], 'too_many'],
    ['words', 1, ['！！'], 'too_short'],
    ['words', 1, ['一二三四五六七八九十一二三'], 'too_long'],
  ] as const)('%s refuses %#', (kind, max, given, problem) => {
    expect(checkChoices(poll(kind, max), given)).toEqual({ choices: null, problem })
  })
})

it.each([
  ['  加装 电梯。 ', '加装 电梯'],
  ['Ｃ++', 'c++'],
  ['24%', '24%'],
  ['13800138000', '138****8000'],
  ['…', ''],
])('counts %s as %s', (given, counted) => {
  expect(pollWord(given)).toBe(counted)
})

describe('when polls are open', () => {
  const ended = { phase: 'ended', endedAt: '2026-11-22T03:00:00.000Z', settings: { lateMinutes: 30 } } as const
  it('before, during, and while late questions are taken', () => {
    expect(takesPolls({ ...ended, phase: 'announced', endedAt: null }, 0)).toBe(true)
    expect(takesPolls({ ...ended, phase: 'paused', endedAt: null }, 0)).toBe(true)
    expect(takesPolls(ended, Date.parse('2026-11-22T03:29:59.999Z'))).toBe(true)
    expect(takesPolls(ended, Date.parse('2026-11-22T03:30:00.000Z'))).toBe(false)
    expect(takesPolls({ ...ended, phase: 'archived' }, Date.parse('2026-11-22T03:10:00.000Z'))).toBe(false)
    expect(takesPolls({ ...ended, phase: 'cancelled' }, 0)).toBe(false)
  })
})
