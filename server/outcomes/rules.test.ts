import { describe, expect, test } from 'vitest'
import { SUBMITTED_AT as AT, aStoredQuestion } from '../questions/fixtures.test-support.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { DECLINE_CODES } from '../../shared/rules/declining.ts'
import { figuresOf, hiddenBecause, judgedAt, outcomesOf, pageOf } from './rules.ts'

const question = (number: number, over: Partial<StoredQuestion> = {}): StoredQuestion =>
  aStoredQuestion({
    id: `q${number}`,
    number,
    text: `第 ${number} 个问题`,
    originalText: `第 ${number} 个问题`,
    name: '老陈',
    state: 'approved',
    publicAt: AT,
    notes: [{ id: 'n', text: '内部', by: '审核员', at: AT }],
    enteredBy: '小王',
    ...over,
  })

describe('what the public reads', () => {
  test('is hidden only before review, after withdrawal, and where the law or privacy asks for it', () => {
    const hidden = DECLINE_CODES.filter((reasonCode) => hiddenBecause({ state: 'declined', reasonCode }, undefined) !== null)
    expect(hidden).toEqual(['privacy', 'unlawful', 'defamation'])
    expect(hiddenBecause({ state: 'pending', reasonCode: null }, undefined)).toBe('not_reviewed')
    expect(hiddenBecause({ state: 'withdrawn', reasonCode: 'privacy' }, undefined)).toBe('withdrawn')
    for (const state of ['approved', 'asking', 'answered', 'merged'] as const) expect(hiddenBecause({ state, reasonCode: null }, { state: 'answered', reasonCode: null })).toBeNull()
    expect(hiddenBecause({ state: 'merged', reasonCode: null }, { state: 'declined', reasonCode: 'privacy' })).toBe('privacy')
    expect(hiddenBecause({ state: 'merged', reasonCode: null }, { state: 'pending', reasonCode: null })).toBe('not_reviewed')
  })

  test('has no name where it has no text, and nothing that is between moderators', () => {
    const outcome = outcomesOf([question(1, { state: 'declined', reasonCode: 'defamation', reason: '请看规则', text: '某某贪污', originalText: '某某贪污！' })])[0]
    expect(outcome).toMatchObject({ text: null, name: null, hidden: 'defamation', reasonCode: 'defamation', reason: '请看规则', edited: false })
    expect(JSON.stringify(outcome)).not.toMatch(/贪污|内部|小王|老陈|"p"|"a"/)
  })

  test('keeps reasons and pointers to those whom they are about', () => {
    expect(outcomesOf([question(1, { reasonCode: 'spam', reason: '旧' })])[0]).toMatchObject({ reasonCode: null, reason: null })
    expect(outcomesOf([question(1, { state: 'merged', mergedIntoNumber: 7 })])[0]).toMatchObject({ mergedInto: 7 })
    expect(outcomesOf([question(1, { mergedIntoNumber: 7 })])[0]).toMatchObject({ mergedInto: null })
  })
})

test('figures count every question once, and an answer on camera and in writing in both', () => {
  const answer = { text: '是', guestId: null, name: '', post: '', at: AT }
  const all = [question(1, { state: 'answered', askedAt: AT, answeredAt: AT, answer }), question(2, { state: 'answered', answer }), question(3, { state: 'declined', reasonCode: 'spam', channel: 'phone' }), question(4, { state: 'asking', askedAt: AT })]
  expect(figuresOf(outcomesOf(all))).toEqual({
    total: 4,
    states: { pending: 0, approved: 0, asking: 1, answered: 2, declined: 1, merged: 0, withdrawn: 0 },
    declined: { spam: 1 },
    answered: { camera: 1, writing: 2 },
    channels: { web: 3, phone: 1, paper: 0, hall: 0 },
  })
})

describe('a page', () => {
  const all = outcomesOf([question(1), question(2, { state: 'declined', reasonCode: 'privacy', text: '李四的电话', name: '路人' }), question(3, { text: 'ABC 小区' }), question(12, { text: '第 3 号线' })])
  const numbers = (query: Partial<Parameters<typeof pageOf>[1]>, size = 10) => pageOf(all, { after: 0, ...query }, size).questions.map(({ number }) => number)

  test('goes on where the one before ended', () => {
    expect(pageOf(all, { after: 0 }, 2)).toMatchObject({ questions: [{ number: 1 }, { number: 2 }], next: 2 })
    expect(pageOf(all, { after: 2 }, 2)).toMatchObject({ questions: [{ number: 3 }, { number: 12 }], next: null })
    expect(pageOf(all, { after: 12 }, 2)).toEqual({ questions: [], next: null })
  })

  test('finds words whatever their width and case, and numbers', () => {
    expect(numbers({ search: 'ａｂｃ' })).toEqual([3])
    expect(numbers({ search: '3' })).toEqual([3, 12])
    expect(numbers({ search: '#3' })).toEqual([3])
    expect(numbers({ search: '' })).toHaveLength(4)
    expect(numbers({ state: 'declined' })).toEqual([2])
  })

  test('never finds what is hidden', () => {
    for (const search of ['李四', '电话', '路人']) expect(numbers({ search })).toEqual([])
    expect(numbers({ search: '#2' })).toEqual([2])
  })
})

describe('the promise is judged', () => {
  const at = Date.parse(AT)
  const settings = { ...DEFAULT_SETTINGS, lateMinutes: 30 }
  const after = (minutes: number) => at + minutes * 60_000

  test('as things stand while votes are taken, also after the end', () => {
    expect(judgedAt({ phase: 'live', endedAt: null, settings }, at)).toEqual({ at, over: false })
    expect(judgedAt({ phase: 'ended', endedAt: AT, settings }, after(29))).toEqual({ at: after(29), over: false })
  })

  test('for good when they no longer are', () => {
    expect(judgedAt({ phase: 'ended', endedAt: AT, settings }, after(500))).toEqual({ at: after(30), over: true })
    expect(judgedAt({ phase: 'archived', endedAt: AT, settings }, after(5))).toEqual({ at: after(5), over: true })
    expect(judgedAt({ phase: 'ended', endedAt: AT, settings: DEFAULT_SETTINGS }, at)).toEqual({ at, over: true })
  })

  test('never of a session that was cancelled', () => {
    expect(judgedAt({ phase: 'cancelled', endedAt: AT, settings }, after(500))).toMatchObject({ over: false })
  })
})
