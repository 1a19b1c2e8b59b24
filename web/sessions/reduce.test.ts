import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../shared/limits.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'
import { EPOCH, NOW, chat, joined, message, onDesk, own, question, session, snapshot } from './fixtures.test-support.ts'
import { applyJoined, applyMessage, clockFrom } from './reduce.ts'
import type { SessionState } from './reduce.ts'

const clock = () => 0

function stateAt(seq: number, more: Parameters<typeof joined>[1] = {}): SessionState {
  const state = applyJoined(null, joined(seq, more), clock)
  if (!state) throw new Error('a snapshot makes a state')
  return state
}

function after(state: SessionState, ...events: SessionEvent[]): SessionState {
  const next = applyMessage(state, message(state.seq, state.seq + 1, ...events))
  if (next === 'gap') throw new Error('in order')
  return next
}

/** What a person sees, without the clock, which is a function. */
/** What is shown: without the clock, and without what this page alone remembers. */
const seen = ({ serverNow: _, left: _left, ...rest }: SessionState) => rest

describe('the order of messages', () => {
  it('applies the next one and stands at its end', () => {
    const next = applyMessage(stateAt(4), message(4, 6, { type: 'question', question: question(1) }))
    expect(next).toMatchObject({ seq: 6, questions: new Map([[question(1).id, question(1)]]) })
  })

  it('applies one that overlaps what is known', () => {
    expect(applyMessage(stateAt(4), message(3, 6, { type: 'question', question: question(1) }))).toMatchObject({ seq: 6 })
  })

  it('ignores one that is known already', () => {
    const state = stateAt(4)
    expect(applyMessage(state, message(3, 4, { type: 'question', question: question(1) }))).toBe(state)
  })

  it('reports a gap when something before it is missing', () => {
    expect(applyMessage(stateAt(4), message(5, 6))).toBe('gap')
  })

  it('reports a gap when the log has begun anew', () => {
    expect(applyMessage(stateAt(4), { ...message(4, 5), epoch: 'e2' })).toBe('gap')
  })

  it('applies a side message at once, wherever it stands', () => {
    const next = applyMessage(stateAt(4), message(9, 9, { type: 'own_question', question: own(1) }))
    expect(next).toMatchObject({ seq: 4, own: new Map([[own(1).id, own(1)]]) })
  })
})

describe('events', () => {
  it('moves a question in and out of public sight', () => {
    const shown = after(stateAt(0), { type: 'question', question: question(1) })
    expect(shown.questions.size).toBe(1)
    expect(after(shown, { type: 'question_hidden', id: question(1).id, number: 1, state: 'pending', reasonCode: null, mergedInto: null }).questions.size).toBe(0)
  })

  it('counts votes wherever the question is shown, and leaves the rest as it is', () => {
    const state = stateAt(0, { questions: [question(1), question(2)], own: [own(1)], desk: [onDesk(1)] })
    const next = after(state, { type: 'votes', counts: { [question(1).id]: 7, unknown: 3 } })
    expect([next.questions, next.own, next.desk].map((map) => map?.get(question(1).id)?.votes)).toEqual([7, 7, 7])
    expect(next.questions.get(question(2).id)).toBe(state.questions.get(question(2).id))
    expect(next.chat).toBe(state.chat)
  })

  it('keeps the same map when no count has changed', () => {
    const state = stateAt(0, { questions: [question(1)] })
    expect(after(state, { type: 'votes', counts: { [question(1).id]: 0 } }).questions).toBe(state.questions)
  })

  it('keeps only the newest chat messages, each once', () => {
    const state = stateAt(0, { chat: Array.from({ length: LIMITS.chatHistory }, (_, index) => chat(index)) })
    const next = after(state, { type: 'chat', message: chat(500) }, { type: 'chat', message: chat(500) })
    expect(next.chat).toHaveLength(LIMITS.chatHistory)
    expect(next.chat.at(0)?.id).toBe('c1')
    expect(next.chat.at(-1)?.id).toBe('c500')
    expect(after(next, { type: 'chat_deleted', id: 'c500' }).chat.at(-1)?.id).toBe('c99')
  })

  it('takes withdrawn questions off the desk, and keeps them with their asker', () => {
    const state = stateAt(0, { desk: [onDesk(1)], own: [own(1)] })
    const next = after(state, { type: 'desk_question', question: onDesk(1, { state: 'withdrawn' }) }, { type: 'own_question', question: own(1, { state: 'withdrawn' }) })
    expect(next.desk?.size).toBe(0)
    expect(next.own.get(own(1).id)?.state).toBe('withdrawn')
  })

  it('shows no desk to those who did not join it', () => {
    expect(after(stateAt(0), { type: 'desk_question', question: onDesk(1) }).desk).toBeNull()
  })

  it('remembers and forgets own votes', () => {
    const voted = after(stateAt(0), { type: 'own_vote', questionId: 'q', up: true })
    expect(voted.votes).toEqual(new Set(['q']))
    expect(after(voted, { type: 'own_vote', questionId: 'q', up: false }).votes).toEqual(new Set())
  })
})

it('remembers why this person objected, until they take it back', () => {
  const objected = after(stateAt(4), { type: 'own_objection', questionId: 'q', reason: '没有正面回答' })
  expect(objected.objections.get('q')).toBe('没有正面回答')
  expect(after(objected, { type: 'own_objection', questionId: 'q', reason: null }).objections.size).toBe(0)
})

it('keeps what waits for a moderator from everybody else', () => {
  const held = { ...chat(1), held: 'muted' as const }
  expect(after(stateAt(4), { type: 'chat_held', message: held }).moderation).toBeNull()
  const desk = stateAt(4, { moderation: { sanctions: [], flags: [], heldChat: [] } })
  const waiting = after(desk, { type: 'chat_held', message: held }, { type: 'chat_held', message: held })
  expect(waiting.moderation?.heldChat).toEqual([held])
  expect(after(waiting, { type: 'chat_held_gone', id: held.id }).moderation?.heldChat).toEqual([])
})

describe('coming back', () => {
  const missed: SessionEvent[] = [
    { type: 'session', session: { ...session, phase: 'paused', version: 2 } },
    { type: 'stage', stage: { onAir: ['s1'], muted: [] } },
    { type: 'question', question: question(2) },
    { type: 'question_hidden', id: question(1).id, number: 1, state: 'declined', reasonCode: 'off_topic', mergedInto: null },
    { type: 'votes', counts: { [question(2).id]: 5 } },
    { type: 'chat', message: chat(1) },
    { type: 'own_vote', questionId: question(2).id, up: true },
  ]
  const fresh = stateAt(9, { session: { ...session, phase: 'paused', version: 2 }, stage: { onAir: ['s1'], muted: [] }, questions: [question(2, { votes: 5 })], chat: [chat(1)], votes: [question(2).id] })

  it('with the events it missed, a page sees what a fresh one sees', () => {
    const before = stateAt(4, { questions: [question(1)] })
    const back = applyJoined(before, { epoch: EPOCH, seq: 9, now: NOW, watching: 3, snapshot: null, events: missed }, clock)
    expect(back && seen(back)).toEqual(seen(fresh))
  })

  it('with a snapshot, nothing of before stays', () => {
    const before = stateAt(4, { questions: [question(1)], chat: [chat(7)] })
    const back = applyJoined(before, { ...joined(9), snapshot: snapshot({ session: fresh.session, stage: fresh.stage, questions: [...fresh.questions.values()], chat: [chat(1)], votes: [...fresh.votes] }), events: null }, clock)
    expect(back && seen(back)).toEqual(seen(fresh))
  })

  it('applying the same events twice does no harm', () => {
    const once = after(stateAt(4, { questions: [question(1)] }), ...missed)
    expect(seen({ ...after(once, ...missed), seq: once.seq })).toEqual(seen(once))
  })
})

it("follows the server's clock, not the device's", () => {
  let device = 1_000
  const now = clockFrom('1970-01-01T00:01:00.000Z', () => device)
  device += 500
  expect(now()).toBe(60_500)
})
