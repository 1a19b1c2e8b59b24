import { describe, expect, it } from 'vitest'
import type { OwnQuestion } from '../../shared/questions.ts'
import type { OutboxEntry } from '../net/outbox.ts'
import { ownThread } from './thread.ts'

const SESSION = 'abcdef1234'

function own(id: string, number: number): OwnQuestion {
  return {
    id,
    number,
    text: `text ${id}`,
    originalText: `text ${id}`,
    name: null,
    state: 'pending',
    votes: 0,
    submittedAt: '2026-11-22T01:00:00.000Z',
    askedAt: null,
    answeredAt: null,
    edited: false,
    version: 1,
    reason: null,
    receipt: '0000-0000-0000',
  }
}

function unsent(id: string, state: OutboxEntry['state'] = 'waiting', sessionId = SESSION): OutboxEntry {
  return { payload: { id, sessionId, text: `text ${id}`, name: null }, state }
}

const told = (entries: ReturnType<typeof ownThread>) => entries.map((entry) => `${entry.kind} ${entry.id}`)

describe('ownThread', () => {
  it('puts what is still here before what was received, each newest first', () => {
    const stored = new Map([own('a', 1), own('b', 7)].map((question) => [question.id, question]))
    expect(told(ownThread(SESSION, stored, [unsent('c'), unsent('d')]))).toEqual(['unsent d', 'unsent c', 'sent b', 'sent a'])
  })

  it('shows a question once when the server has it and the outbox does not know yet', () => {
    const stored = new Map([['a', own('a', 1)]])
    expect(told(ownThread(SESSION, stored, [unsent('a', 'sending')]))).toEqual(['sent a'])
  })

  it('leaves out what was written for another session', () => {
    expect(ownThread(SESSION, new Map(), [unsent('x', 'waiting', 'zzzzzz9999')])).toEqual([])
  })

  it('carries the reason of a refusal', () => {
    const [entry] = ownThread(SESSION, new Map(), [{ ...unsent('a', 'refused'), error: { code: 'closed' } }])
    expect(entry).toMatchObject({ kind: 'unsent', state: 'refused', error: { code: 'closed' } })
  })
})
