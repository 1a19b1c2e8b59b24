import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { admitted, arrived, codeFrom, hasPlace, invitable, moved, onOurClock, presence, proofOf, replied, waitingList, walkedIn } from './rules.ts'
import type { StoredAttendee } from './rules.ts'

const T = '2026-11-22T01:30:00.000Z'
const at = (seconds: number) => new Date(Date.parse(T) + seconds * 1_000).toISOString()
const [A, B] = ['forum-a', 'forum-b']
const NO_LIMIT = { seats: 0, quotas: [] }

const attendee = (over: Partial<StoredAttendee> = {}): StoredAttendee => ({ ...walkedIn(randomUUID(), 's', { name: '王先生', forumId: null }, T), grantId: 'grant', state: 'invited', ...over })
const waiting = (since: number, over: Partial<StoredAttendee> = {}) => attendee({ state: 'waiting', waitingSince: at(since), ...over })

describe('places', () => {
  it('are as many as the hall has, whoever has them', () => {
    const list = [attendee({ state: 'accepted', forumId: A }), attendee({ state: 'accepted' }), attendee({ state: 'invited' })]
    expect(hasPlace(list, { seats: 3, quotas: [] }, null)).toBe(true)
    expect(hasPlace(list, { seats: 2, quotas: [] }, null)).toBe(false)
    expect(hasPlace(list, NO_LIMIT, null)).toBe(true)
  })
  it('are as many as the forum’s quota; a forum without one is bound by the hall alone', () => {
    const list = [attendee({ state: 'accepted', forumId: A }), attendee({ state: 'accepted', forumId: B })]
    const room = { seats: 9, quotas: [{ forumId: A, seats: 1 }] }
    expect([hasPlace(list, room, A), hasPlace(list, room, B), hasPlace(list, room, null)]).toEqual([false, true, true])
  })
  it('of a quota are held by who was invited, too, until they decline', () => {
    const room = { seats: 0, quotas: [{ forumId: A, seats: 3 }] }
    const list = [attendee({ forumId: A }), attendee({ forumId: A, state: 'accepted' }), attendee({ forumId: A, state: 'declined' }), attendee({ forumId: B })]
    expect([invitable(list, room, A), invitable(list, room, B), invitable(list, room, null)]).toEqual([1, Infinity, Infinity])
    expect(invitable(list, { ...room, quotas: [{ forumId: A, seats: 1 }] }, A)).toBe(0)
  })
})

describe('the waiting list', () => {
  it('passes over whose forum is full', () => {
    const [first, second, third] = [waiting(1, { forumId: A }), waiting(2), waiting(3)]
    const list = [third, attendee({ state: 'accepted', forumId: A }), first, second]
    const room = { seats: 2, quotas: [{ forumId: A, seats: 1 }] }
    expect(waitingList(list)).toEqual([first, second, third])
    expect(admitted(list, room)).toEqual([second])
    expect(admitted(list, { ...room, seats: 3 })).toEqual([second, third])
    expect(admitted(list, { seats: 1, quotas: [] })).toEqual([])
  })

  const people = fc.array(
    fc.record({ forumId: fc.constantFrom(null, A, B), state: fc.constantFrom<StoredAttendee['state']>('invited', 'accepted', 'waiting', 'applied', 'declined'), since: fc.nat(20) }),
    { maxLength: 20 },
  )
  const rooms = fc.record({ seats: fc.nat(12), quotas: fc.subarray([A, B]).chain((forums) => fc.tuple(...forums.map((forumId) => fc.nat(6).map((seats) => ({ forumId, seats }))))) })
  const listOf = (drawn: readonly { forumId: string | null; state: StoredAttendee['state']; since: number }[]) =>
    drawn.map(({ forumId, state, since }) => attendee({ forumId, state, waitingSince: state === 'waiting' ? at(since) : null }))
  const after = (list: readonly StoredAttendee[], room: Parameters<typeof admitted>[1]) => {
    const lucky = new Set(admitted(list, room).map(({ id }) => id))
    return list.map((one) => (lucky.has(one.id) ? moved(one, 'accepted', T) : one))
  }

  it('gives no place that there is not, leaves none that somebody waits for, and takes none away', () => {
    fc.assert(
      fc.property(people, rooms, (drawn, room) => {
        const list = listOf(drawn)
        const next = after(list, room)
        const placed = (forumId?: string) => next.filter(({ state, forumId: from }) => state === 'accepted' && (forumId === undefined || from === forumId)).length
        const before = (forumId?: string) => list.filter(({ state, forumId: from }) => state === 'accepted' && (forumId === undefined || from === forumId)).length
        if (room.seats > 0) expect(placed()).toBeLessThanOrEqual(Math.max(room.seats, before()))
        for (const { forumId, seats } of room.quotas) expect(placed(forumId)).toBeLessThanOrEqual(Math.max(seats, before(forumId)))
        for (const { forumId } of waitingList(next)) expect(hasPlace(next, room, forumId)).toBe(false)
        for (const [index, { state }] of list.entries()) if (state !== 'waiting') expect(next[index]?.state).toBe(state)
        expect(admitted(next, room)).toEqual([])
      }),
    )
  })

  it('lets nobody of the same forum go first who came later', () => {
    fc.assert(
      fc.property(people, rooms, (drawn, room) => {
        const list = listOf(drawn)
        const lucky = new Set(admitted(list, room).map(({ id }) => id))
        for (const forumId of [null, A, B]) {
          const order = waitingList(list.filter((one) => one.forumId === forumId)).map(({ id }) => lucky.has(id))
          expect(order).toEqual(order.toSorted((a, b) => Number(b) - Number(a)))
        }
      }),
    )
  })
})

describe('a reply', () => {
  const invited = { state: 'invited', personId: null } as const
  it.each([
    [invited, true, true, 'accepted'],
    [invited, true, false, 'waiting'],
    [invited, false, true, 'declined'],
    [{ ...invited, state: 'accepted' as const }, true, false, null],
    [{ ...invited, state: 'waiting' as const }, true, true, null],
    [{ ...invited, state: 'accepted' as const }, false, true, 'declined'],
    [{ ...invited, state: 'declined' as const }, true, true, 'accepted'],
    [{ ...invited, state: 'declined' as const }, false, true, null],
    [{ state: 'applied' as const, personId: 'p' }, true, true, null],
    [{ state: 'applied' as const, personId: 'p' }, false, true, 'declined'],
    [{ state: 'declined' as const, personId: 'p' }, true, true, 'applied'],
  ] as const)('%j coming %s, a place %s: %s', (who, coming, place, expected) => {
    expect(replied(who, coming, place)).toBe(expected)
  })
  it('keeps its place in the line, gives back the seat, and is another version', () => {
    expect(moved(waiting(1, { version: 4 }), 'waiting', T)).toMatchObject({ waitingSince: at(1), version: 5 })
    expect(moved(attendee({ state: 'accepted', seat: '3排5座' }), 'declined', T)).toMatchObject({ seat: '', waitingSince: null })
    expect(moved(waiting(1, { seat: '3排5座' }), 'accepted', T)).toMatchObject({ seat: '3排5座', waitingSince: null })
  })
})

describe('at the door', () => {
  const report = (seconds: number, undo = false, by = '门口', received = 100) => ({ at: at(seconds), receivedAt: at(received), undo, by })
  it('the first check-in stays, and one that was taken back does not count', () => {
    expect(presence([report(9, false, '东门'), report(5, false, '西门')])).toEqual({ at: at(5), by: '西门' })
    expect(presence([report(5), report(6, true)])).toBeNull()
    expect(presence([report(5), report(6, true), report(7, false, '东门')])).toEqual({ at: at(7), by: '东门' })
    expect(presence([])).toBeNull()
  })
  it('whatever arrives in whatever order, and however often, comes to the same', () => {
    const reports = fc.array(fc.record({ at: fc.nat(5), received: fc.nat(3), undo: fc.boolean(), by: fc.constantFrom('东门', '西门') }).map(({ at: seconds, received, undo, by }) => report(seconds, undo, by, received)), { maxLength: 8 })
    fc.assert(
      fc.property(
        reports.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(presence(shuffled)).toEqual(presence(all))
        },
      ),
    )
  })
  it('a clock that is ahead is put right without changing the order', () => {
    expect(onOurClock([{ at: at(10) }, { at: at(-5) }], T)).toEqual([{ at: at(10) }, { at: at(-5) }])
    expect(onOurClock([{ at: at(7_200) }, { at: at(7_140) }], T)).toEqual([{ at: at(0) }, { at: at(-60) }])
    expect(onOurClock([], T)).toEqual([])
  })
  it.each(['invited', 'waiting', 'applied', 'declined'] as const)('somebody who is %s and was let in has a place', (state) => {
    expect(arrived(attendee({ state, waitingSince: T }), { at: at(3), by: '门口' })).toMatchObject({ state: 'accepted', waitingSince: null, repliedAt: at(3), checkedInAt: at(3), checkedInBy: '门口' })
  })
  it.each(['refused', 'cancelled'] as const)('somebody %s is there, without a place', (state) => {
    expect(arrived(attendee({ state }), { at: at(3), by: '门口' })).toMatchObject({ state, checkedInAt: at(3) })
  })
  it('a place stays when a check-in is taken back; who was not on the list is not again', () => {
    const here = { at: at(3), by: '门口' }
    expect(arrived(arrived(attendee(), here), null)).toMatchObject({ state: 'accepted', checkedInAt: null, checkedInBy: null })
    const stranger = walkedIn('w', 's', { name: '李女士', forumId: A }, T)
    expect(stranger.state).toBe('cancelled')
    expect(arrived(stranger, here)).toMatchObject({ state: 'accepted', checkedInAt: at(3) })
    expect(arrived(arrived(stranger, here), null)).toMatchObject({ state: 'cancelled', checkedInAt: null })
    const same = arrived(stranger, here)
    expect(arrived(same, here)).toBe(same)
  })
})

test('a code is twenty characters without those that are mistaken for others, and is checked by what does not make it', () => {
  const code = codeFrom('00ff'.repeat(16))
  expect(code).toBe('0Z'.repeat(10))
  expect(proofOf(code)).toMatch(/^[0-9a-f]{64}$/)
  expect(proofOf(code)).not.toBe(proofOf(code.toLowerCase()))
})
