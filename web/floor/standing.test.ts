import { expect, it } from 'vitest'
import { standingOf } from './standing.ts'
import { hand } from './testing.ts'

it('reads from a refusal where the hand stands', () => {
  const now = hand(1, { state: 'speaking', version: 7 })
  expect(standingOf(now, now.id)).toEqual({ id: now.id, state: 'speaking', version: 7 })
})

it.each([null, undefined, 'stale', {}, { id: hand(1).id }, { ...hand(1), state: 'flying' }, { ...hand(1), version: '1' }, hand(2)])('takes %o for something else', (current) => {
  expect(standingOf(current, hand(1).id)).toBeNull()
})
