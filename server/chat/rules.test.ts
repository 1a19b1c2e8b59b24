import { expect, test } from 'vitest'
import { slowModeWait, withOwnHeld } from './rules.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1_000).toISOString()

test.each<[string, string | null, number, string, number]>([
  ['the first message', null, 30, at(0), 0],
  ['slow mode off', at(0), 0, at(0), 0],
  ['at once', at(0), 30, at(0), 30_000],
  ['half way', at(0), 30, at(15), 15_000],
  ['in time', at(0), 30, at(30), 0],
  ['long after', at(0), 30, at(3_000), 0],
])('%s', (_name, last, seconds, now, wait) => expect(slowModeWait(last, seconds, now)).toBe(wait))

test('what is held of one person stands where they said it, within what a page is given', () => {
  const message = (id: string, seconds: number) => ({ id, text: id, name: null, speaker: null, author: 'a', at: at(seconds) })
  const everybody = [message('a', 1), message('b', 3), message('c', 5)]
  expect(withOwnHeld(everybody, [message('x', 4)], 10).map(({ id }) => id)).toEqual(['a', 'b', 'x', 'c'])
  expect(withOwnHeld(everybody, [message('x', 9), message('y', 0)], 3).map(({ id }) => id)).toEqual(['b', 'c', 'x'])
  expect(withOwnHeld(everybody, [], 10)).toEqual(everybody)
})
