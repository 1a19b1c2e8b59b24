import { expect, it, test } from 'vitest'
import { forumOf, heightMessage } from './rules.ts'

test.each<[unknown, string | null]>([
  ['xinan', 'xinan'],
  ['a-1', 'a-1'],
  [undefined, null],
  [null, null],
  ['', null],
  ['UPPER', null],
  ['a b', null],
  [['a', 'b'], null],
  ['x'.repeat(31), null],
])('the forum in %s is %s', (value, code) => {
  expect(forumOf(value)).toBe(code)
})

it('tells a height once, in whole pixels, and never none', () => {
  expect(heightMessage('s', 640.2, null)).toEqual({ fangtan: 'height', session: 's', height: 641 })
  expect(heightMessage('s', 640.6, 641)).toBeNull()
  expect(heightMessage('s', 0, 641)).toBeNull()
  expect(heightMessage('s', 500, 641)).toEqual({ fangtan: 'height', session: 's', height: 500 })
})
