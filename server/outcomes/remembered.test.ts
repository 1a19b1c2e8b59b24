import { expect, test } from 'vitest'
import { remembered } from './remembered.ts'

function counted<T>(value: T) {
  let times = 0
  return { read: async () => (times++, value), times: () => times }
}

test('reads once as long as the head stands, and anew when it moved', async () => {
  const keep = remembered<number>(2, () => 0, () => 0)
  const first = counted(1)
  expect(await Promise.all([keep('a', 5, first.read), keep('a', 5, first.read)])).toEqual([1, 1])
  expect(first.times()).toBe(1)
  expect(await keep('a', 6, counted(2).read)).toBe(2)
})

test('who read earlier does not put back what was true then', async () => {
  const keep = remembered<number>(2, () => 0, () => 0)
  await keep('a', 6, counted(2).read)
  expect(await keep('a', 5, counted(1).read)).toBe(1)
  const again = counted(3)
  expect(await keep('a', 6, again.read)).toBe(2)
  expect(again.times()).toBe(0)
})

test('keeps few sessions, and nothing of a reading that failed', async () => {
  const keep = remembered<number>(2, () => 0, () => 0)
  for (const id of ['a', 'b', 'c']) await keep(id, 1, counted(1).read)
  const again = counted(2)
  expect(await keep('a', 1, again.read)).toBe(2)
  await expect(keep('d', 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await keep('d', 1, counted(4).read)).toBe(4)
})

test('serves what costs much a while longer, although the head moved on', async () => {
  let time = 0
  const keep = remembered<number>(2, (value) => (value > 9 ? 1_000 : 0), () => time)
  expect(await keep('large', 1, counted(10).read)).toBe(10)
  expect(await keep('small', 1, counted(1).read)).toBe(1)
  expect([await keep('large', 2, counted(20).read), await keep('small', 2, counted(2).read)]).toEqual([10, 2])
  time = 1_000
  expect(await keep('large', 2, counted(20).read)).toBe(20)
})
