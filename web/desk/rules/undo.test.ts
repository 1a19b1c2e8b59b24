import { describe, expect, it } from 'vitest'
import { stateAfter, undoOf, undoOfBulk } from './undo.ts'
import { aQuestion } from './testing.ts'

describe('undo', () => {
  const approved = aQuestion({ state: 'approved', topicId: 't1', publicAt: '2026-11-22T01:30:00.000Z' })

  it('names the step that leads back, where one does without loss', () => {
    expect(undoOf(aQuestion(), { action: 'approve' })).toEqual({ action: 'take_back' })
    expect(undoOf(aQuestion(), { action: 'decline', code: 'spam', reason: '' })).toEqual({ action: 'take_back' })
    expect(undoOf(approved, { action: 'decline', code: 'spam', reason: '' })).toBeNull()
    expect(undoOf(approved, { action: 'merge', intoId: 'q2' })).toEqual({ action: 'split' })
    expect(undoOf(approved, { action: 'label', topicId: null })).toEqual({ action: 'label', topicId: 't1' })
    expect(undoOf(aQuestion({ state: 'merged', mergedInto: { id: 'q2', number: 2 } }), { action: 'split' })).toEqual({ action: 'merge', intoId: 'q2' })
    expect(undoOf(approved, { action: 'take_back' })).toEqual({ action: 'approve' })
    expect(undoOf(aQuestion({ state: 'answered' }), { action: 'take_back' })).toBeNull()
    expect(undoOf(approved, { action: 'reply', text: '', guestId: null })).toBeNull()
  })

  it('knows where a step leads', () => {
    expect(stateAfter(aQuestion(), { action: 'approve' })).toBe('approved')
    expect(stateAfter({ ...approved, state: 'merged' }, { action: 'split' })).toBe('approved')
    expect(stateAfter(aQuestion({ state: 'merged' }), { action: 'split' })).toBe('pending')
  })

  it('takes back a bulk label to what each had before, in one request for each topic', () => {
    const before = new Map([aQuestion({ number: 1, topicId: 't1' }), aQuestion({ number: 2 }), aQuestion({ number: 3, topicId: 't1' })].map((question) => [question.id, question]))
    const done = [1, 2, 3].map((number) => ({ id: `q${number}`, version: 7 }))
    expect(undoOfBulk(before, { action: 'label', topicId: 't9' }, done)).toEqual([
      { act: { action: 'label', topicId: 't1' }, targets: [{ questionId: 'q1', expectedVersion: 7 }, { questionId: 'q3', expectedVersion: 7 }] },
      { act: { action: 'label', topicId: null }, targets: [{ questionId: 'q2', expectedVersion: 7 }] },
    ])
    expect(undoOfBulk(before, { action: 'approve' }, done.slice(0, 1))).toEqual([{ act: { action: 'take_back' }, targets: [{ questionId: 'q1', expectedVersion: 7 }] }])
  })
})
