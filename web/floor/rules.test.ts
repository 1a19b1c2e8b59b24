import { expect, it } from 'vitest'
import type { Agenda } from '../../shared/agenda.ts'
import { EMPTY_FLOOR } from '../../shared/floor.ts'
import { floorClosed, floorView, hasHandUp, opensAt, ownStep, speakingTime, waitingBefore } from './rules.ts'
import { hand } from './testing.ts'

const START = '2026-11-22T01:00:00.000Z'
const at = (minutes: number) => Date.parse(START) + minutes * 60_000

it('sorts hands by what becomes of them, with hall and home in turns', () => {
  const hands = [
    hand(1, { state: 'spoke', place: 'home', calledAt: START, startedAt: START, endedAt: START }),
    hand(2, { place: 'home' }),
    hand(3, { place: 'hall' }),
    hand(4, { place: 'hall' }),
    hand(5, { state: 'speaking', place: 'hall', calledAt: '2026-11-22T01:05:00.000Z', startedAt: '2026-11-22T01:06:00.000Z' }),
    hand(6, { state: 'invited', place: 'home', calledAt: '2026-11-22T01:07:00.000Z' }),
  ]
  const view = floorView(hands)
  expect(view.speaking.map(({ number }) => number)).toEqual([5])
  expect(view.called.map(({ number }) => number)).toEqual([6])
  expect(view.queue.map(({ number }) => number)).toEqual([3, 2, 4])
  expect(view.spoke.map(({ number }) => number)).toEqual([1])
  expect(waitingBefore(view.queue, hands[3]!.id)).toBe(2)
  expect(waitingBefore(view.queue, hands[0]!.id)).toBeNull()
})

it('shows the queue of one table alone', () => {
  const hands = [hand(1, { tableId: 'a' }), hand(2, { tableId: 'b' }), hand(3, { tableId: 'a' })]
  expect(floorView(hands, 'a').queue.map(({ number }) => number)).toEqual([1, 3])
})

it('counts the time down, and beyond', () => {
  const speaking = hand(1, { state: 'speaking', startedAt: START, seconds: 120 })
  expect(speakingTime(speaking, at(0))).toEqual({ left: 120_000, limit: 120_000, over: false, near: false })
  expect(speakingTime(speaking, at(1.5))).toMatchObject({ left: 30_000, near: true })
  expect(speakingTime(speaking, at(3))).toMatchObject({ left: -60_000, over: true, near: false })
  expect(speakingTime(hand(1), at(0))).toBeNull()
})

it.each([
  ['live', true, false, null],
  ['paused', true, false, null],
  ['paused', true, true, 'cut'],
  ['announced', true, false, 'later'],
  ['backstage', true, false, 'later'],
  ['live', false, false, 'shut'],
  ['paused', false, false, 'shut'],
  ['ended', true, true, 'over'],
  ['archived', false, false, 'over'],
  ['cancelled', true, false, 'cancelled'],
] as const)('says for %s, with the floor open: %s and cut off: %s, why no hand is taken: %s', (phase, open, cut, closed) => {
  expect(floorClosed({ ...EMPTY_FLOOR, open }, phase, cut)).toBe(closed)
})

it('knows from the agenda when hands can be raised', () => {
  const item = (id: string, kind: Agenda['items'][number]['kind'], minutes: number) => ({ id, kind, title: id, minutes, speakers: [], questionIds: [] })
  const agenda: Agenda = { version: 1, items: [item('a', 'briefing', 20), item('b', 'open_floor', 30)], current: null, runs: [] }
  expect(opensAt(agenda, START, at(-60))).toBe('2026-11-22T01:20:00.000Z')
  expect(opensAt(agenda, START, at(20))).toBeNull()
  expect(opensAt({ ...agenda, current: 'b', runs: [{ itemId: 'b', startedAt: START, endedAt: null, minutes: 30 }] }, START, at(0))).toBeNull()
  expect(opensAt({ ...agenda, items: [] }, START, at(0))).toBeNull()
})

it('knows where the own hand stands, whichever message came first', () => {
  const mine = hand(1, { state: 'waiting', version: 1 })
  const hands = new Map([[mine.id, mine]])
  expect(ownStep(null, hands)).toEqual({ step: 'none' })
  expect(ownStep({ id: mine.id, version: 2, state: 'invited', reason: null }, hands)).toMatchObject({ step: 'invited', version: 2, hand: { state: 'invited' } })
  expect(ownStep({ id: mine.id, version: 1, state: 'waiting', reason: null }, new Map([[mine.id, { ...mine, state: 'speaking', version: 5 }]]))).toMatchObject({ step: 'speaking', version: 5 })
  expect(ownStep({ id: mine.id, version: 3, state: 'lowered', reason: '不在现场' }, new Map())).toEqual({ step: 'lowered', reason: '不在现场' })
  // Raised, and not told to everybody yet.
  expect(ownStep({ id: mine.id, version: 1, state: 'waiting', reason: null }, new Map())).toEqual({ step: 'none' })
})

it('takes a hand for raised until it spoke or was lowered', () => {
  const own = (state: 'waiting' | 'speaking' | 'spoke' | 'lowered') => hasHandUp(ownStep({ id: hand(1).id, version: 1, state, reason: null }, new Map([[hand(1).id, hand(1, { state })]])))
  expect([own('waiting'), own('speaking'), own('spoke'), own('lowered')]).toEqual([true, true, false, false])
})
