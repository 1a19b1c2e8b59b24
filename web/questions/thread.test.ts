import { describe, expect, it } from 'vitest'
import type { OwnQuestion } from '../../shared/questions.ts'
import type { OutboxEntry } from '../net/outbox.ts'
import { own as ownQuestion } from '../sessions/fixtures.test-support.ts'
import { lastAskedAt, ownThread } from './thread.ts'

const SESSION = 'abcdef1234'

const own = (id: string, number: number): OwnQuestion => ({ ...ownQuestion(number), id, text: `text ${id}` })

function unsent(id: string, state: OutboxEntry['state'] = 'waiting', sessionId = SESSION): OutboxEntry {
  return { payload: { id, sessionId, text: `text ${id}`, name: null, topicId: null, pictureId: null, follows: null }, state }
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

describe('lastAskedAt', () => {
  it('is that of the newest question which the asker typed', () => {
    const [early, late, phone] = [own('a', 1), { ...own('b', 2), submittedAt: '2026-11-22T02:00:00.000Z' }, { ...own('c', 3), submittedAt: '2026-11-22T03:00:00.000Z', channel: 'phone' as const }]
    expect(lastAskedAt([late, early, phone])).toBe('2026-11-22T02:00:00.000Z')
    expect(lastAskedAt([])).toBeNull()
  })
})
