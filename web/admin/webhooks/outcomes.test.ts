import { expect, it } from 'vitest'
import { canRepeat, outcomeKey } from './outcomes.ts'

it.each([
  [null, 'none', ''],
  ['503', 'status', '503'],
  ['timeout', 'timeout', ''],
  ['address', 'address', ''],
  ['whatever', 'other', ''],
])('says %s in words', (outcome, key, status) => {
  expect(outcomeKey(outcome)).toEqual({ key, status })
})

it('sends anew what has been tried', () => {
  expect(canRepeat({ state: 'waiting', attempts: 0 })).toBe(false)
  expect(canRepeat({ state: 'waiting', attempts: 2 })).toBe(true)
  expect(canRepeat({ state: 'delivered', attempts: 1 })).toBe(true)
  expect(canRepeat({ state: 'failed', attempts: 10 })).toBe(true)
})
