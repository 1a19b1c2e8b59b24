import { describe, expect, it } from 'vitest'
import type { SessionEvent } from '../../shared/protocol/events.ts'
import type { SessionSnapshot } from '../../shared/protocol/events.ts'
import { applyEvent, applyJoined } from '../sessions/reduce.ts'
import { joined, own, question } from '../sessions/fixtures.test-support.ts'
import { fateNotices } from './notices.ts'

/** What somebody hears when these events come in one message. */
function heard(first: Partial<SessionSnapshot>, ...events: SessionEvent[]) {
  const before = applyJoined(null, joined(1, first))
  if (!before) throw new Error('not joined')
  return fateNotices(before, events.reduce(applyEvent, before)).map(({ kind, number, own: mine, into }) => [kind, number, mine, into])
}

const voted = { questions: [question(1)], votes: [question(1).id] }

describe('what somebody who voted hears', () => {
  it('that it is on air, and answered', () => {
    expect(heard(voted, { type: 'question', question: question(1, { state: 'asking' }) })).toEqual([['aired', 1, false, null]])
    expect(heard(voted, { type: 'question', question: question(1, { state: 'answered' }) })).toEqual([['answered', 1, false, null]])
  })

  it('what became of one that left the public', () => {
    const hidden = { type: 'question_hidden', id: question(1).id, number: 1, reasonCode: null, mergedInto: null } as const
    expect(heard(voted, { ...hidden, state: 'declined', reasonCode: 'off_topic' })).toEqual([['declined', 1, false, null]])
    expect(heard(voted, { ...hidden, state: 'merged', mergedInto: { id: question(2).id, number: 2 } })).toEqual([['merged', 1, false, 2]])
    expect(heard(voted, { ...hidden, state: 'withdrawn' })).toEqual([])
  })

  it('nothing of other questions, votes and corrections', () => {
    expect(heard({ questions: [question(1)] }, { type: 'question', question: question(1, { state: 'asking' }) })).toEqual([])
    expect(heard(voted, { type: 'question', question: question(1, { votes: 8 }) }, { type: 'question', question: question(3, { state: 'asking' }) })).toEqual([])
  })
})

describe('what the asker hears', () => {
  it('each outcome, once', () => {
    const mine = { own: [own(1)], questions: [question(1)], votes: [] }
    const declined = { type: 'own_question', question: own(1, { state: 'declined' }) } as const
    expect(heard(mine, declined, { type: 'question_hidden', id: question(1).id, number: 1, state: 'declined', reasonCode: null, mergedInto: null })).toEqual([['declined', 1, true, null]])
    expect(heard(mine, { type: 'own_question', question: own(1, { state: 'approved' }) })).toEqual([])
    expect(heard({ own: [own(1, { state: 'declined' })] }, declined)).toEqual([])
  })

  it('of the question that stands for a merged one', () => {
    const merged = { ...own(1, { state: 'merged' }), mergedInto: { id: question(2).id, number: 2 } }
    expect(heard({ own: [merged], questions: [question(2)] }, { type: 'question', question: question(2, { state: 'asking' }) })).toEqual([['aired', 2, false, null]])
  })
})
