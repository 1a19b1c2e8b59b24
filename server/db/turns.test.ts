import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('work on one key runs in order, one at a time', async () => {
  const inTurn = createTurns()
  const log: string[] = []
  const work = (name: string) => async () => {
    log.push(`${name} begins`)
    await Promise.resolve()
    log.push(`${name} ends`)
    return name
  }
  expect(await Promise.all(['a', 'b', 'c'].map((name) => inTurn('key', work(name))))).toEqual(['a', 'b', 'c'])
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('a failure is its own, and the next in turn still runs', async () => {
  const inTurn = createTurns()
  const failed = inTurn('key', () => Promise.reject(new Error('no')))
  const next = inTurn('key', async () => 'done')
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('done')
  expect(await inTurn('key', async () => 'again')).toBe('again')
})

test('other keys do not wait', async () => {
  const inTurn = createTurns()
  const { promise, resolve } = Promise.withResolvers<string>()
  const slow = inTurn('one', () => promise)
  expect(await inTurn('other', async () => 'quick')).toBe('quick')
  resolve('slow')
  expect(await slow).toBe('slow')
})

test('what cannot wait goes ahead of what has not begun, and behind what went ahead before it', async () => {
  const inTurn = createTurns()
  const log: string[] = []
  const work = (name: string) => async () => void log.push(name)
  await Promise.all([inTurn('key', work('first')), inTurn('key', work('second')), inTurn('key', work('third')), inTurn('key', work('urgent'), true), inTurn('key', work('urgent too'), true), inTurn('key', work('last'))])
  expect(log).toEqual(['first', 'urgent', 'urgent too', 'second', 'third', 'last'])
})
