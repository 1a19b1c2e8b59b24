import { expect, test } from 'vitest'
import { attendee } from './fixtures.test-support.ts'
import { bySeat, hasPlace } from './seats.ts'

test('orders seats as people count them', () => {
  expect(bySeat([attendee({ seat: 'A10' }), attendee({ seat: '', name: '乙' }), attendee({ seat: 'B1' }), attendee({ seat: 'A2' })]).map(({ seat }) => seat)).toEqual(['A2', 'A10', 'B1', ''])
})

test('a place has who was given one, or came', () => {
  expect([attendee({ state: 'accepted' }), attendee({ state: 'waiting' }), attendee({ state: 'invited', checkedInAt: '2026-11-22T01:00:00.000Z' })].map(hasPlace)).toEqual([true, false, true])
})
