import { describe, expect, it } from 'vitest'
import { NONE, NO_FILTER, activeParts, countFacets, flaggedIds, matches, passes, searchWords } from './filter.ts'
import type { Filter } from './filter.ts'
import { aQuestion } from './testing.ts'

const clock = { now: Date.parse('2026-11-22T01:31:00.000Z'), phase: 'live' as const, wentLiveAt: '2026-11-22T01:00:00.000Z' }
const facts = { flagged: new Set(['q3']), clock }

describe('search', () => {
  it('finds words in either wording, the name or the number, all of them, whatever their case and width', () => {
    const question = aQuestion({ number: 12, text: '老街的 WiFi', originalText: '老gai的 WiFi', name: '阿海' })
    for (const query of ['', '老街', 'wifi', 'ＷＩＦＩ', '阿海', '#12', '12', 'gai 阿海']) expect(matches(question, searchWords(query)), query).toBe(true)
    for (const query of ['#1', '老街 停车', '#wifi']) expect(matches(question, searchWords(query)), query).toBe(false)
  })
})

describe('filter', () => {
  const questions = [
    aQuestion({ number: 1, held: ['muted'], topicId: 't1' }),
    aQuestion({ number: 2, notes: [{ id: 'n', text: '核实', by: '王', at: '' }], guestId: 'g1', channel: 'phone' }),
    aQuestion({ number: 3, state: 'approved', topicId: 't1', merged: 2 }),
    aQuestion({ number: 4, state: 'answered', objections: 1, forum: { id: 'f1', name: '青湾论坛' } }),
    aQuestion({ number: 5, submittedAt: '2026-11-22T01:20:00.000Z' }),
    aQuestion({ number: 6, state: 'merged', held: ['muted'] }),
  ]
  const found = (over: Partial<Filter>) => questions.filter((question) => passes(question, { ...NO_FILTER, ...over }, facts)).map(({ number }) => number)

  it('lets pass what every chosen part asks for', () => {
    expect(found({})).toHaveLength(6)
    expect(found({ situation: 'flagged' })).toEqual([3])
    expect(found({ situation: 'noted' })).toEqual([2])
    expect(found({ situation: 'objected' })).toEqual([4])
    expect(found({ situation: 'late' })).toEqual([5])
    expect(found({ situation: 'merged' })).toEqual([3])
    expect(found({ topic: 't1' })).toEqual([1, 3])
    expect(found({ topic: 't1', situation: 'held' })).toEqual([1])
    expect(found({ guest: NONE, topic: NONE })).toEqual([4, 5, 6])
    expect(found({ channel: 'phone' })).toEqual([2])
    expect(found({ forum: 'f1' })).toEqual([4])
  })

  it('counts each choice by itself, without what was merged', () => {
    const counts = countFacets(questions, facts)
    expect(counts.situation).toEqual({ held: 1, flagged: 1, noted: 1, late: 1, objected: 1, merged: 1 })
    expect(Object.fromEntries(counts.topic)).toEqual({ t1: 2, [NONE]: 3 })
    expect(Object.fromEntries(counts.channel)).toEqual({ web: 4, phone: 1 })
    expect(Object.fromEntries(counts.forum)).toEqual({ f1: 1 })
  })

  it('knows how much of it is in use', () => {
    expect(activeParts(NO_FILTER)).toBe(0)
    expect(activeParts({ ...NO_FILTER, query: ' ' })).toBe(0)
    expect(activeParts({ ...NO_FILTER, query: '老街', topic: NONE })).toBe(2)
  })

  it('flags while nobody has judged', () => {
    const flag = (questionId: string, state: 'open' | 'set_aside' | 'dismissed') => ({ id: 'f', questionId, number: 1, kind: 'address' as const, votes: 9, firstAt: '', lastAt: '', state, note: '', by: null })
    expect([...flaggedIds([flag('a', 'open'), flag('b', 'set_aside'), flag('c', 'dismissed')])]).toEqual(['a'])
  })
})
