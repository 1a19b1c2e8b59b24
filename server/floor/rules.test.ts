import { expect, test } from 'vitest'
import { applyHandStep, deskHand, floorSeat, publicHand, silences, speakerKey } from './rules.ts'
import type { StoredHand } from './rules.ts'
import type { HandAct } from '../../shared/floor.ts'
import { HAND_ACTIONS, handStep } from '../../shared/rules/handLifecycle.ts'

const hand: StoredHand = {
  id: 'h',
  sessionId: 's',
  number: 3,
  personId: 'p',
  speaker: 'person:p',
  attendeeId: null,
  givenName: '王先生',
  givenAbout: '老小区停车',
  asker: 'pseudonym',
  held: [],
  seat: '3排5座',
  enteredBy: null,
  reason: null,
  place: 'home',
  forum: { id: 'f', name: '青青岛社区' },
  topicId: null,
  tableId: null,
  questionId: null,
  state: 'waiting',
  turns: 0,
  raisedAt: '2026-11-22T01:30:00.000Z',
  calledAt: null,
  startedAt: null,
  endedAt: null,
  seconds: 120,
  camera: false,
  outOfTurn: null,
  version: 1,
}
const NOW = '2026-11-22T01:35:00.000Z'
const called: StoredHand = { ...hand, state: 'invited', calledAt: NOW }
type StepOf<A> = A extends HandAct ? Omit<A, 'sessionId' | 'handId' | 'expectedVersion'> : never

function after(from: StoredHand, act: StepOf<HandAct>, outOfTurn: string | null = null): StoredHand {
  const step = handStep(from.state, act.action)
  if (!step) throw new Error('there is no such step')
  return applyHandStep(from, step, { ...act, sessionId: 's', handId: 'h', expectedVersion: from.version }, { now: NOW, outOfTurn })
}

test('shows what somebody wants to say from being called on, and a name that is held back as well', () => {
  expect(publicHand(hand)).toMatchObject({ name: '王先生', about: null })
  const held: StoredHand = { ...hand, held: ['sensitive_word'] }
  expect(publicHand(held)).toMatchObject({ name: null, about: null })
  expect(deskHand(held)).toMatchObject({ name: null, givenName: '王先生', givenAbout: '老小区停车' })
  expect(publicHand({ ...called, held: ['sensitive_word'] })).toMatchObject({ name: '王先生', about: '老小区停车' })
})

test('shows no words of a hand that was lowered, not even to the desk', () => {
  const lowered: StoredHand = { ...called, state: 'lowered' }
  expect(publicHand(lowered)).toMatchObject({ name: null, about: null })
  expect(deskHand(lowered)).toMatchObject({ name: null, about: null, givenName: null, givenAbout: '' })
})

test('tells nobody whose device it is, nor what the person is told', () => {
  for (const shown of [publicHand(hand), deskHand(hand)]) for (const secret of ['personId', 'speaker', 'sessionId', 'reason']) expect(shown).not.toHaveProperty(secret)
})

test('is on camera only when it comes from backstage', () => {
  const start = { action: 'start', seconds: 90, reason: '' } as const
  expect(after({ ...called, state: 'backstage' }, start)).toMatchObject({ state: 'speaking', camera: true, calledAt: NOW, startedAt: NOW, seconds: 90 })
  expect(after({ ...hand, place: 'hall' }, start)).toMatchObject({ state: 'speaking', camera: false, calledAt: NOW })
  expect(after({ ...called, place: 'hall' }, start)).toMatchObject({ state: 'speaking', camera: false })
})

test('goes back to where it was when it is recalled: as if it had not been called', () => {
  const back = after(after(hand, { action: 'invite', reason: '' }, '照顾老人'), { action: 'recall' })
  expect({ ...back, version: 1 }).toEqual(hand)
})

test('masks a number in the reason for which it is dismissed, and no words are none', () => {
  expect(after(hand, { action: 'dismiss', reason: '请打13800138000' }).reason).toBe('请打138****8000')
  expect(after(hand, { action: 'dismiss', reason: '' }).reason).toBeNull()
})

test('takes its words out of what was told wherever they are hidden again', () => {
  expect(HAND_ACTIONS.filter(silences)).toEqual(['recall', 'lower', 'dismiss'])
})

test('counts turns together by list, by device, or by name and seat', () => {
  expect(speakerKey({ attendeeId: 'a' })).toBe('attendee:a')
  expect(speakerKey({ personId: 'p' })).toBe('person:p')
  expect(speakerKey({ name: 'Li', seat: '3A' })).toBe(speakerKey({ name: 'li', seat: '3a' }))
  expect(speakerKey({ name: 'li', seat: '3A' })).not.toBe(speakerKey({ name: 'li', seat: '' }))
})

test('sits under the name and for the forum that everybody sees', () => {
  expect(floorSeat({ ...called, state: 'speaking' })).toEqual({ seatId: 'h', role: 'resident', name: '王先生', post: '青青岛社区', department: '' })
  expect(floorSeat({ ...called, givenName: null, forum: null })).toMatchObject({ name: '', post: '' })
})
