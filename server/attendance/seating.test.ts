import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignSeats, seatLabel } from './seating.ts'

const someone = (id: string, forumId: string | null, seat = '') => ({ id, forumId, seat })
const group = (forumId: string | null, size: number) => Array.from({ length: size }, (_, index) => someone(`${forumId}${index}`, forumId))
const rowOf = (seat: string | undefined) => Number(seat?.split('排')[0])
const seatOf = (seat: string | undefined) => Number(/排(\d+)座/.exec(seat ?? '')?.[1])

describe('seats', () => {
  it('are given in reading order, a forum’s beside one another', () => {
    const seats = assignSeats([...group('a', 3), ...group('b', 4), ...group(null, 2)], { rows: 3, perRow: 4 })
    expect(Object.fromEntries(seats)).toEqual({ b0: '1排1座', b1: '1排2座', b2: '1排3座', b3: '1排4座', a0: '2排1座', a1: '2排2座', a2: '2排3座', null0: '3排1座', null1: '3排2座' })
  })
  it('leave those who sit where they sit, and go around them', () => {
    const seats = assignSeats([someone('x', null, '1排2座'), someone('y', null, '主席台'), ...group('a', 2)], { rows: 2, perRow: 3 })
    expect(Object.fromEntries(seats)).toEqual({ a0: '2排1座', a1: '2排2座' })
  })
  it('are in two rows where no row has the room', () => {
    const seats = assignSeats(group('a', 5), { rows: 2, perRow: 3 })
    expect([...seats.values()]).toEqual(['1排1座', '1排2座', '1排3座', '2排1座', '2排2座'])
  })
  it('are none when the hall is full', () => {
    expect(assignSeats([someone('x', null, '1排1座'), someone('z', 'a')], { rows: 1, perRow: 1 }).size).toBe(0)
  })

  it('are each somebody’s alone, as many as there are, and nobody is moved', () => {
    const people = fc.array(fc.record({ forumId: fc.constantFrom(null, 'a', 'b', 'c'), seat: fc.constantFrom('', '', '', seatLabel(1, 1), seatLabel(2, 2), '门边') }), { maxLength: 30 })
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }), (drawn, rows, perRow) => {
        const all = drawn.map(({ forumId, seat }, index) => someone(String(index), forumId, seat))
        const seats = assignSeats(all, { rows, perRow })
        const given = [...seats.values()]
        expect(new Set(given).size).toBe(given.length)
        for (const seat of given) {
          expect(all.some((one) => one.seat === seat)).toBe(false)
          expect(rowOf(seat) >= 1 && rowOf(seat) <= rows && seatOf(seat) >= 1 && seatOf(seat) <= perRow).toBe(true)
        }
        const taken = new Set(all.map(({ seat }) => seat).filter((seat) => rowOf(seat) <= rows && seatOf(seat) <= perRow)).size
        expect(given.length).toBe(Math.min(all.filter(({ seat }) => seat === '').length, rows * perRow - taken))
        for (const { id, seat } of all) if (seat !== '') expect(seats.has(id)).toBe(false)
      }),
    )
  })
})
