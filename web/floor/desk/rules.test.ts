import { expect, it } from 'vitest'
import { LIMITS } from '../../../shared/limits.ts'
import type { Actor } from '../../../shared/rules/permissions.ts'
import { deskHand } from '../testing.ts'
import { adjustedSeconds, callOf, deskActions, needsReason, waitingCount } from './rules.ts'

const actor = (role: Actor['roles'][number]): Actor => ({ personId: 'p', roles: [role] })
const START = '2026-11-22T01:00:00.000Z'
const at = (seconds: number) => Date.parse(START) + seconds * 1_000

it('lets hosts call, and moderators only keep the queue in order', () => {
  expect(deskActions(deskHand(1), actor('host'))).toEqual(['invite', 'start', 'dismiss', 'arrange'])
  expect(deskActions(deskHand(1), actor('moderator'))).toEqual(['dismiss', 'arrange'])
  expect(deskActions(deskHand(1), actor('supervisor'))).toEqual([])
  expect(deskActions(deskHand(1, { state: 'speaking' }), actor('director'))).toEqual(['time', 'finish'])
  expect(deskActions(deskHand(1, { state: 'spoke' }), actor('host'))).toEqual([])
})

it('asks on camera who is at home, and gives the floor to who has a microphone', () => {
  expect(callOf(deskHand(1))).toBe('invite')
  expect(callOf(deskHand(1, { place: 'hall' }))).toBe('start')
  expect(callOf(deskHand(1, { state: 'invited' }))).toBeNull()
  expect(callOf(deskHand(1, { state: 'backstage' }))).toBe('start')
  expect(callOf(deskHand(1, { state: 'speaking', place: 'hall' }))).toBeNull()
})

it('wants a reason for whoever is not next, in the queue or at their table', () => {
  const hands = [deskHand(1, { tableId: 'a' }), deskHand(2, { tableId: 'a' }), deskHand(3, { tableId: 'b' })]
  expect(hands.map((hand) => needsReason(hands, hand))).toEqual([false, true, false])
  const invited = deskHand(4, { state: 'invited', calledAt: START })
  expect(needsReason([...hands, invited], invited)).toBe(false)
})

it('counts who waits and who was called', () => {
  expect(waitingCount([deskHand(1), deskHand(2, { state: 'invited' }), deskHand(3, { state: 'speaking' }), deskHand(4, { state: 'spoke' })])).toBe(2)
})

it('adds and takes away time within bounds', () => {
  const speaking = { seconds: 120, startedAt: START }
  expect(adjustedSeconds(speaking, 30, at(10))).toBe(150)
  expect(adjustedSeconds(speaking, 30, at(200))).toBe(230)
  expect(adjustedSeconds(speaking, -30, at(10))).toBe(90)
  expect(adjustedSeconds({ ...speaking, seconds: 30 }, -30, at(10))).toBe(15)
  expect(adjustedSeconds({ ...speaking, seconds: LIMITS.floorSecondsMax }, 30, at(10))).toBe(LIMITS.floorSecondsMax)
})
