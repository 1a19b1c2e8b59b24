import { effectScope, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { useCalmOrder } from './useCalmOrder.ts'

function start(first: string[]) {
  const wanted = ref(first)
  const reading = ref(false)
  const drawn = ref(3)
  const order = effectScope().run(() => useCalmOrder(() => wanted.value, reading, drawn))
  if (!order) throw new Error('no scope')
  return { wanted, reading, drawn, order }
}

describe('useCalmOrder', () => {
  it('follows while nobody reads', async () => {
    const { wanted, order } = start(['a', 'b'])
    wanted.value = ['b', 'a', 'c']
    await nextTick()
    expect(order.shown.value).toEqual(['b', 'a', 'c'])
    expect(order.changes.value).toBe(0)
  })

  it('keeps still under a reader, counts what would change, and catches up when asked', async () => {
    const { wanted, reading, order } = start(['a', 'b', 'c'])
    reading.value = true
    await nextTick()
    wanted.value = ['new', 'c', 'a', 'b']
    await nextTick()
    expect(order.shown.value).toEqual(['a', 'b', 'c'])
    expect(order.changes.value).toBe(2)
    order.apply()
    expect(order.shown.value).toEqual(['new', 'c', 'a', 'b'])
  })

  it('catches up by itself when the reader has gone', async () => {
    const { wanted, reading, order } = start(['a', 'b'])
    reading.value = true
    await nextTick()
    wanted.value = ['b', 'a']
    await nextTick()
    reading.value = false
    await nextTick()
    expect(order.shown.value).toEqual(['b', 'a'])
  })

  it('hides at once what was taken away, and fills an empty list even under a reader', async () => {
    const { wanted, reading, order } = start(['a', 'b'])
    reading.value = true
    await nextTick()
    wanted.value = ['b']
    expect(order.shown.value).toEqual(['b'])
    wanted.value = []
    await nextTick()
    wanted.value = ['x']
    await nextTick()
    expect(order.shown.value).toEqual(['x'])
  })

  it('does not speak of changes below what is drawn', async () => {
    const { wanted, reading, order } = start(['a', 'b', 'c', 'd', 'e'])
    reading.value = true
    await nextTick()
    wanted.value = ['a', 'b', 'c', 'e', 'd']
    await nextTick()
    expect(order.changes.value).toBe(0)
  })
})
