import { describe, expect, test } from 'vitest'
import { receiptParamsSchema } from '../../shared/questions.ts'
import type { QuestionAct, QuestionAction, QuestionState } from '../../shared/questions.ts'
import { questionStep } from '../../shared/rules/questionLifecycle.ts'
import { applyStep, deskQuestion, ownQuestion, pseudonym, publicQuestion, questionEvents, receiptFrom, textDigest } from './rules.ts'
import type { StoredQuestion } from './rules.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const BEFORE = '2026-11-22T01:00:00.000Z'
const question = (over: Partial<StoredQuestion> = {}): StoredQuestion => ({
  id: 'q',
  sessionId: 's',
  number: 3,
  personId: 'person-secret',
  asker: 'pseudonym',
  text: '问题',
  originalText: '问题',
  name: null,
  state: 'pending',
  votes: 5,
  reason: null,
  receipt: 'receipt-secret',
  salt: 'salt-secret',
  submittedAt: BEFORE,
  askedAt: null,
  answeredAt: null,
  version: 1,
  ...over,
})

function take(from: Partial<StoredQuestion> & { state: QuestionState }, action: QuestionAction, details: object = {}): StoredQuestion {
  const step = questionStep(from.state, action)!
  return applyStep(question(from), step, { action, sessionId: 's', questionId: 'q', expectedVersion: 1, ...details } as QuestionAct, NOW)
}

describe('a step', () => {
  test.each<[string, StoredQuestion, Partial<StoredQuestion>]>([
    ['approve', take({ state: 'pending' }, 'approve'), { state: 'approved' }],
    ['decline', take({ state: 'pending' }, 'decline', { reason: '重复' }), { state: 'declined', reason: '重复' }],
    ['edit', take({ state: 'approved' }, 'edit', { text: '新' }), { text: '新', originalText: '问题' }],
    ['air', take({ state: 'approved', answeredAt: BEFORE }, 'air', { replacing: null }), { state: 'asking', askedAt: NOW, answeredAt: null }],
    ['answer', take({ state: 'asking', askedAt: BEFORE }, 'answer'), { state: 'answered', askedAt: BEFORE, answeredAt: NOW }],
    ['take back from the air', take({ state: 'asking', askedAt: BEFORE }, 'take_back'), { state: 'approved', askedAt: null }],
    ['take back an answer', take({ state: 'answered', askedAt: BEFORE, answeredAt: BEFORE }, 'take_back'), { state: 'approved', askedAt: null, answeredAt: null }],
    ['take back a refusal', take({ state: 'declined', reason: '重复' }, 'take_back'), { state: 'pending', reason: null }],
    ['withdraw', take({ state: 'approved', text: '新' }, 'withdraw'), { state: 'withdrawn', text: '', originalText: '' }],
  ])('%s', (_name, after, expected) => {
    expect(after).toMatchObject({ ...expected, version: 2, votes: 5, number: 3, personId: 'person-secret' })
  })
})

describe('who sees what', () => {
  test('nobody sees the person or the salt, only the asker the receipt', () => {
    const stored = question({ text: '新', reason: '重复' })
    for (const view of [publicQuestion(stored), deskQuestion(stored), ownQuestion(stored)]) {
      expect(JSON.stringify(view)).not.toMatch(/person-secret|salt-secret/)
      expect(view.edited).toBe(true)
    }
    expect(JSON.stringify([publicQuestion(stored), deskQuestion(stored)])).not.toContain('receipt-secret')
    expect(ownQuestion(stored).receipt).toBe('receipt-secret')
    expect(JSON.stringify(publicQuestion(stored))).not.toMatch(/问题|重复|pseudonym/)
    expect(JSON.stringify(ownQuestion(stored))).not.toContain('pseudonym')
  })

  test.each<[QuestionState | null, QuestionState, string | null]>([
    [null, 'pending', null],
    [null, 'approved', 'question'],
    ['pending', 'approved', 'question'],
    ['approved', 'asking', 'question'],
    ['approved', 'pending', 'question_hidden'],
    ['approved', 'withdrawn', 'question_hidden'],
    ['pending', 'declined', null],
    ['declined', 'pending', null],
  ])('from %s to %s the public is told: %s', (before, state, told) => {
    const events = questionEvents(question({ state }), before)
    expect(events.filter(({ audience }) => audience === 'public').map(({ event }) => event.type)).toEqual(told ? [told] : [])
    expect(events.filter(({ audience }) => audience !== 'public').map(({ audience }) => audience)).toEqual(['desk', 'person:person-secret'])
  })
})

test('a receipt is what its address takes, and uses every bit', () => {
  expect(receiptFrom(new Uint8Array(12))).toBe('0000-0000-0000')
  expect(receiptFrom(new Uint8Array(12).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ')
  expect(new Set(Array.from({ length: 256 }, (_, byte) => receiptFrom(new Uint8Array(12).fill(byte)))).size).toBe(32)
  for (let byte = 0; byte < 32; byte++) expect(receiptParamsSchema.safeParse({ receipt: receiptFrom(new Uint8Array(12).fill(byte)) }).success).toBe(true)
})

test('a pseudonym is stable within one session and another in the next', () => {
  expect(pseudonym('k', 's', 'p')).toBe(pseudonym('k', 's', 'p'))
  expect(new Set([pseudonym('k', 's', 'p'), pseudonym('k', 't', 'p'), pseudonym('k', 's', 'q'), pseudonym('l', 's', 'p')]).size).toBe(4)
  expect(pseudonym('k', 's', 'p')).toMatch(/^[\w-]{12}$/)
})

test('a digest binds the text, and cannot be guessed without the salt', () => {
  expect(textDigest('salt', 'text')).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set([textDigest('salt', 'text'), textDigest('salt', 'text2'), textDigest('salt2', 'text')]).size).toBe(3)
})
