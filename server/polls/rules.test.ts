import { describe, expect, it } from 'vitest'
import { WORDS_SHOWN, pollContent, pollStep, pollView, sameContent, tallyChanges } from './rules.ts'
import type { StoredPoll } from './rules.ts'

const stored = (over: Partial<StoredPoll> = {}): StoredPoll => ({
  id: 'p',
  sessionId: 'abcdef1234',
  number: 1,
  kind: 'single',
  title: '先修哪一段？',
  options: [
    { id: 'a', text: '北段' },
    { id: 'b', text: '海边段' },
  ],
  maxChoices: 1,
  showResults: 'live',
  state: 'open',
  openedAt: '2026-11-22T01:30:00.000Z',
  closedAt: null,
  version: 2,
  answers: 3,
  hidden: [],
  ...over,
})

describe('what is seen of a poll', () => {
  const tallies = [{ choice: 'a', people: 3 }]
  it('holds every option, also what nobody chose', () => {
    expect(pollView(stored(), tallies, 'public').counts).toEqual({ a: 3, b: 0 })
    expect(pollView(stored({ kind: 'rating', options: [] }), [{ choice: '5', people: 2 }], 'public').counts).toEqual({ '1': 0, '2': 0, '3': 0, '4': 0, '5': 2 })
  })

  it('keeps results from the public until the end, when it is to be so', () => {
    const after = stored({ showResults: 'after' })
    expect(pollView(after, tallies, 'public')).toMatchObject({ counts: null, answers: 3 })
    expect(pollView(after, tallies, 'desk').counts).toEqual({ a: 3, b: 0 })
    expect(pollView({ ...after, state: 'closed' }, tallies, 'public').counts).toEqual({ a: 3, b: 0 })
  })

  it('leaves out hidden words and those that everybody took back, and names the hidden to the desk only', () => {
    const words = stored({ kind: 'words', options: [], hidden: ['坏词'] })
    const given = [{ choice: '电梯', people: 4 }, { choice: '坏词', people: 3 }, { choice: '停车', people: 1 }, { choice: '没了', people: 0 }]
    expect(pollView(words, given, 'public')).toMatchObject({ counts: { 电梯: 4, 停车: 1 }, hidden: [] })
    expect(pollView(words, given, 'desk')).toMatchObject({ counts: { 电梯: 4, 停车: 1 }, hidden: ['坏词'] })
    const many = Array.from({ length: WORDS_SHOWN + 20 }, (_, index) => ({ choice: `词${index}`, people: 1 }))
    expect(Object.keys(pollView(words, many, 'public').counts ?? {})).toHaveLength(WORDS_SHOWN)
  })

  it('says nothing of who made it or where it is kept', () => {
    expect(pollView(stored(), tallies, 'desk')).not.toHaveProperty('sessionId')
  })
})

it.each([
  ['draft', 'open', 'open'],
  ['closed', 'open', 'open'],
  ['open', 'open', null],
  ['open', 'close', 'closed'],
  ['draft', 'close', null],
  ['closed', 'close', null],
  ['open', 'hide_word', 'open'],
  ['closed', 'hide_word', 'closed'],
  ['draft', 'hide_word', null],
] as const)('leads from %s by %s to %s', (from, action, to) => {
  expect(pollStep(from, action)).toBe(to)
})

it('moves the tallies by what an answer changes', () => {
  expect([...tallyChanges(['a', 'b'], ['b', 'c'])]).toEqual([['c', 1], ['a', -1]])
  expect([...tallyChanges([], ['a'])]).toEqual([['a', 1]])
  expect([...tallyChanges(['a'], [])]).toEqual([['a', -1]])
  expect([...tallyChanges(['a'], ['a'])]).toEqual([])
})

it('keeps as many choices as there are to make, and knows a retry', () => {
  const { id, options, title, showResults } = stored()
  const input = { sessionId: 'abcdef1234', id, expectedVersion: null, title, options, showResults, maxChoices: 9 }
  expect(pollContent({ ...input, kind: 'multiple' }).maxChoices).toBe(2)
  expect(pollContent({ ...input, kind: 'single' }).maxChoices).toBe(1)
  expect(sameContent(stored(), pollContent({ ...input, kind: 'single' }))).toBe(true)
  expect(sameContent(stored(), pollContent({ ...input, kind: 'single', title: '别的' }))).toBe(false)
})
