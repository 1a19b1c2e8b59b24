import { expect, test } from 'vitest'
import type { CheckIn } from '../../../shared/attendance.ts'
import { doorEntry, doorList } from '../fixtures.test-support.ts'
import { conflictsOf, doorFigures, doorPeople, missingOf, verdictOf } from './merging.ts'

const NINE = '2026-11-22T01:00:00.000Z'
const LATER = '2026-11-22T01:05:00.000Z'
let made = 0
const act = (attendeeId: string, over: Partial<CheckIn> = {}): CheckIn => ({ id: `act-${++made}`, attendeeId, at: NINE, undo: false, walkIn: null, ...over })

test('what waits to be told stands on the list at once', () => {
  const [a, b] = [doorEntry({ name: '甲' }), doorEntry({ name: '乙' })]
  const people = doorPeople(doorList([a, b]), [act(a.id)])
  expect(people.map(({ name, checkedInAt, unsent }) => [name, checkedInAt, unsent])).toEqual([
    ['甲', NINE, true],
    ['乙', null, false],
  ])
})

test('whoever another door let in earlier stays as of then', () => {
  const a = doorEntry({ checkedInAt: NINE })
  expect(doorPeople(doorList([a]), [act(a.id, { at: LATER })])[0]?.checkedInAt).toBe(NINE)
})

test('undone and let in again, in the order in which it happened', () => {
  const a = doorEntry()
  expect(doorPeople(doorList([a]), [act(a.id), act(a.id, { undo: true })])[0]?.checkedInAt).toBeNull()
  expect(doorPeople(doorList([a]), [act(a.id), act(a.id, { undo: true }), act(a.id, { at: LATER })])[0]?.checkedInAt).toBe(LATER)
})

test('a walk-in is on the list before the server knows, and once after', () => {
  const walkIn = act('w1', { walkIn: { name: '老周', forumId: 'f1' } })
  expect(doorPeople(doorList([]), [walkIn])).toMatchObject([{ id: 'w1', name: '老周', forum: '县论坛', checkedInAt: NINE, unsent: true }])
  expect(doorPeople(doorList([doorEntry({ id: 'w1', name: '老周', checkedInAt: NINE })]), [walkIn])).toHaveLength(1)
})

test('a walk-in that was a mistake is missed by nobody, and may come again', () => {
  const [walkIn, undo] = [act('w1', { walkIn: { name: '老周', forumId: null } }), act('w1', { undo: true })]
  expect(missingOf(doorPeople(doorList([]), [walkIn, undo]))).toEqual([])
  expect(doorFigures(doorPeople(doorList([]), [walkIn, undo, act('w1')]))).toEqual({ here: 1, expected: 1, missing: 0 })
})

test('an act about somebody who is gone from the list shows nobody', () => {
  expect(doorPeople(doorList([]), [act('gone')])).toEqual([])
})

test('says what the door should do', () => {
  expect(verdictOf(doorEntry())).toBe('come_in')
  expect(verdictOf(doorEntry({ checkedInAt: NINE, state: 'cancelled' }))).toBe('already')
  for (const state of ['invited', 'waiting', 'applied', 'declined'] as const) expect(verdictOf(doorEntry({ state }))).toBe('ask')
  for (const state of ['refused', 'cancelled'] as const) expect(verdictOf(doorEntry({ state }))).toBe('not_admitted')
})

test('counts who is here and who is missed', () => {
  const people = [doorEntry({ checkedInAt: NINE }), doorEntry({ name: '乙' }), doorEntry({ name: '丙', state: 'declined' }), doorEntry({ state: 'waiting', checkedInAt: NINE })]
  expect(doorFigures(people)).toEqual({ here: 2, expected: 3, missing: 1 })
  expect(missingOf(people).map(({ name }) => name)).toEqual(['乙'])
})

test('tells what another door had done before', () => {
  const [a, b, c] = [doorEntry({ name: '甲', checkedInAt: NINE }), doorEntry({ checkedInAt: LATER }), doorEntry({ checkedInAt: NINE })]
  const sent = [act(a.id, { at: LATER }), act(b.id, { at: LATER }), act(c.id, { at: LATER }), act(c.id, { at: LATER, undo: true })]
  expect(conflictsOf({ entries: [a, b, c] }, sent)).toEqual([{ id: sent[0]?.id, name: '甲', at: NINE }])
})

test('a clock that is ahead makes no conflict of what was put right', () => {
  const a = doorEntry({ checkedInAt: NINE })
  const sent = [act(a.id, { at: LATER })]
  expect(conflictsOf({ entries: [a] }, sent, 5 * 60_000)).toEqual([])
  expect(conflictsOf({ entries: [a] }, sent, 60_000)).toHaveLength(1)
})
