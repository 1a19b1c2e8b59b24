import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useRested } from './useRested.ts'

const scope = effectScope()
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function start(first: string[]) {
  const wanted = ref(first)
  const shown = scope.run(() => useRested(() => wanted.value, 5_000))!
  const want = async (...ids: string[]) => {
    wanted.value = ids
    await nextTick()
  }
  await vi.advanceTimersByTimeAsync(5_000)
  return { shown, want }
}

it('follows at once after a rest, and then not before the next one', async () => {
  const { shown, want } = await start(['a', 'b', 'c'])
  await want('b', 'a', 'c')
  expect(shown.value).toEqual(['b', 'a', 'c'])
  await want('c', 'b', 'a')
  await vi.advanceTimersByTimeAsync(3_000)
  await want('a', 'c', 'b')
  expect(shown.value).toEqual(['b', 'a', 'c'])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(shown.value).toEqual(['a', 'c', 'b'])
})

it('lets go at once of what has gone', async () => {
  const { shown, want } = await start(['a', 'b', 'c'])
  await want('b', 'c', 'a')
  await want('b', 'a')
  expect(shown.value).toEqual(['b', 'a'])
})

it('keeps nobody waiting in front of an empty list', async () => {
  const { shown, want } = await start(['a'])
  await want()
  expect(shown.value).toEqual([])
  await want('b')
  expect(shown.value).toEqual(['b'])
})
