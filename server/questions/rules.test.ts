import { describe, expect, test } from 'vitest'
import { receiptParamsSchema } from '../../shared/questions.ts'
import type { QuestionAct, QuestionAction, QuestionState } from '../../shared/questions.ts'
import { questionStep } from '../../shared/rules/questionLifecycle.ts'
import { aStoredQuestion } from './fixtures.test-support.ts'
import { applyStep, branch, deskQuestion, ownQuestion, ledgerName, pseudonym, publicQuestion, questionEvents, receiptFrom, textDigest } from './rules.ts'
import type { StoredQuestion } from './rules.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const BEFORE = '2026-11-22T01:00:00.000Z'
const question = (over: Partial<StoredQuestion> = {}): StoredQuestion =>
  aStoredQuestion({ number: 3, personId: 'person-secret', asker: 'pseudonym', text: '问题', votes: 5, receipt: 'digest-secret', receiptSealed: 'receipt-secret', salt: 'salt-secret', submittedAt: BEFORE, originalText: '问题', ...over })

const ANSWER = { text: '已经动工', guestId: 'g', name: '周建国', post: '局长', at: NOW }
const INTO = { id: 'root', number: 9 }

function take(from: Partial<StoredQuestion> & { state: QuestionState }, action: QuestionAction, details: object = {}): StoredQuestion {
  const step = questionStep(from.state, action, from.publicAt !== undefined && from.publicAt !== null)!
  return applyStep(question(from), step, { action, sessionId: 's', questionId: 'q', expectedVersion: 1, ...details } as QuestionAct, { now: NOW, answer: ANSWER, into: INTO })
}

describe('a step', () => {
  const wasPublic = { publicAt: BEFORE }
  test.each<[string, StoredQuestion, Partial<StoredQuestion>]>([
    ['approve', take({ state: 'pending', held: ['sensitive_word'] }, 'approve'), { state: 'approved', publicAt: NOW, held: [] }],
    ['decline', take({ state: 'pending' }, 'decline', { code: 'other', reason: '重复' }), { state: 'declined', reasonCode: 'other', reason: '重复', publicAt: null }],
    ['decline what was public', take({ state: 'approved', ...wasPublic }, 'decline', { code: 'spam', reason: '' }), { state: 'declined', reasonCode: 'spam', publicAt: BEFORE }],
    ['edit', take({ state: 'approved', ...wasPublic }, 'edit', { text: '新 13800138000' }), { text: '新 138****8000', originalText: '问题', publicAt: BEFORE }],
    ['revise', take({ state: 'pending', topicId: 't' }, 'revise', { text: '新 13800138000', topicId: null, pictureId: 'p' }), { text: '新 138****8000', originalText: '新 13800138000', topicId: null, pictureId: 'p' }],
    ['air', take({ state: 'approved', answeredAt: BEFORE, ...wasPublic }, 'air', { replacing: null, seconds: 0 }), { state: 'asking', askedAt: NOW, answeredAt: null, timeLimit: null }],
    ['air with a limit', take({ state: 'approved' }, 'air', { replacing: null, seconds: 90 }), { state: 'asking', timeLimit: 90 }],
    ['time', take({ state: 'asking', askedAt: BEFORE }, 'time', { seconds: 120 }), { askedAt: BEFORE, timeLimit: 120 }],
    ['no more time', take({ state: 'asking', timeLimit: 60 }, 'time', { seconds: 0 }), { timeLimit: null }],
    ['answer', take({ state: 'asking', askedAt: BEFORE }, 'answer'), { state: 'answered', askedAt: BEFORE, answeredAt: NOW }],
    ['answer in writing', take({ state: 'approved' }, 'reply'), { state: 'answered', askedAt: null, answeredAt: NOW, answer: ANSWER }],
    ['add to an answer on air', take({ state: 'asking', askedAt: BEFORE }, 'reply'), { state: 'asking', answeredAt: null, answer: ANSWER }],
    ['correct an answer', take({ state: 'answered', answeredAt: BEFORE }, 'reply'), { state: 'answered', answeredAt: BEFORE, answer: ANSWER }],
    ['merge', take({ state: 'approved', merged: 2, ...wasPublic }, 'merge'), { state: 'merged', mergedIntoId: 'root', mergedIntoNumber: 9, parentId: 'root', merged: 0, publicAt: BEFORE }],
    ['merge what is held', take({ state: 'pending', held: ['muted'] }, 'merge'), { state: 'merged', held: ['muted'], publicAt: null }],
    ['split what was public', take({ state: 'merged', mergedIntoId: 'root', parentId: 'root', ...wasPublic }, 'split'), { state: 'approved', mergedIntoId: null, parentId: null, publicAt: BEFORE }],
    ['split what was not', take({ state: 'merged', held: ['muted'] }, 'split'), { state: 'pending', held: ['muted'], publicAt: null }],
    ['label', take({ state: 'answered' }, 'label', { topicId: 't' }), { topicId: 't' }],
    ['assign', take({ state: 'asking' }, 'assign', { guestId: 'g' }), { guestId: 'g' }],
    ['take back an approval', take({ state: 'approved', ...wasPublic }, 'take_back'), { state: 'pending', publicAt: null }],
    ['take back from the air', take({ state: 'asking', askedAt: BEFORE, timeLimit: 60, ...wasPublic }, 'take_back'), { state: 'approved', askedAt: null, timeLimit: null, publicAt: BEFORE }],
    ['take back an answer', take({ state: 'answered', askedAt: BEFORE, answeredAt: BEFORE, answer: ANSWER }, 'take_back'), { state: 'approved', askedAt: null, answeredAt: null, answer: null }],
    ['take back a refusal', take({ state: 'declined', reasonCode: 'spam', reason: '重复', ...wasPublic }, 'take_back'), { state: 'pending', reasonCode: null, reason: null, publicAt: null }],
    ['withdraw', take({ state: 'approved', text: '新', name: '张三', pictureId: 'p', merged: 1 }, 'withdraw'), { state: 'withdrawn', text: '', originalText: '', name: null, pictureId: null, merged: 0 }],
    ['withdraw what was merged', take({ state: 'merged', mergedIntoId: 'root', mergedIntoNumber: 9, parentId: 'root' }, 'withdraw'), { state: 'withdrawn', mergedIntoId: null, mergedIntoNumber: null, parentId: null }],
  ])('%s', (_name, after, expected) => {
    expect(after).toMatchObject({ ...expected, version: 2, votes: 5, number: 3, personId: 'person-secret' })
  })
})

test('a branch is a question and all that hangs under it', () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((id, index) => question({ id, parentId: [null, 'a', 'b', 'a', 'c'][index]! }))
  expect(branch(all, 'b').map(({ id }) => id)).toEqual(['b', 'c', 'e'])
  expect(branch(all, 'a')).toHaveLength(5)
  expect(branch(all, 'd').map(({ id }) => id)).toEqual(['d'])
  expect(branch(all.toReversed(), 'b').map(({ id }) => id)).toEqual(['e', 'c', 'b'])
})

describe('who sees what', () => {
  test('nobody sees the person or the salt, only the asker the receipt', () => {
    const stored = question({ text: '新', reason: '重复' })
    for (const view of [publicQuestion(stored), deskQuestion(stored), ownQuestion(stored)]) {
      expect(JSON.stringify(view)).not.toMatch(/person-secret|salt-secret/)
      expect(view.edited).toBe(true)
    }
    expect(publicQuestion(question({ text: '打138****8000', originalText: '打13800138000' })).edited).toBe(false)
    expect(JSON.stringify([publicQuestion(stored), deskQuestion(stored)])).not.toMatch(/receipt-secret|digest-secret/)
    expect(ownQuestion(stored).receipt).toBe('receipt-secret')
    expect(JSON.stringify(ownQuestion(stored))).not.toContain('digest-secret')
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
    ['approved', 'merged', 'question_hidden'],
    ['merged', 'approved', 'question'],
    ['merged', 'withdrawn', null],
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

test('in the ledger, staff have one name and a resident another for each question', () => {
  const name = (role: string, number: number | null) => ledgerName('k', 's', 'p', { role, number })
  expect(name('host', null)).toBe(name('host', 3))
  expect(new Set([name('host', null), name('participant', 1), name('participant', 2), pseudonym('k', 's', 'p')]).size).toBe(4)
})

test('a digest binds the text, and cannot be guessed without the salt', () => {
  expect(textDigest('salt', 'text')).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set([textDigest('salt', 'text'), textDigest('salt', 'text2'), textDigest('salt2', 'text')]).size).toBe(3)
})
