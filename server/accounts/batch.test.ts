import { expect, test } from 'vitest'
import { createBatch } from './batch.ts'

function readings(most = 100) {
  const asked: string[][] = []
  const ask = createBatch(async (keys) => {
    asked.push(keys)
    if (keys.includes('broken')) throw new Error('no answer')
    return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, key.toUpperCase()]))
  }, 'none', most)
  return { ask, asked }
}

test('what is asked for together is read together, each once; what comes later is read anew', async () => {
  const { ask, asked } = readings()
  expect(await Promise.all(['a', 'b', 'a', 'unknown'].map(ask))).toEqual(['A', 'B', 'A', 'none'])
  expect(await ask('a')).toBe('A')
  expect(asked).toEqual([['a', 'b', 'unknown'], ['a']])
})

test('what is asked for while a reading is under way gets a reading of its own', async () => {
  const { ask, asked } = readings()
  const first = ask('a')
  await new Promise((resolve) => setImmediate(resolve))
  expect(await Promise.all([first, ask('a')])).toEqual(['A', 'A'])
  expect(asked).toEqual([['a'], ['a']])
})

test('many are read in several readings, and a failure is told to those who asked', async () => {
  const { ask, asked } = readings(2)
  expect(await Promise.all(['a', 'b', 'c'].map(ask))).toEqual(['A', 'B', 'C'])
  expect(asked).toEqual([['a', 'b'], ['c']])
  await expect(Promise.all([ask('broken')])).rejects.toThrow('no answer')
  expect(await ask('a')).toBe('A')
})
