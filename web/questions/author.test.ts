import { expect, test } from 'vitest'
import { authorLine } from './author.ts'

test.each([
  [{ guestId: 'g', name: '周启明', post: '局长' }, '周启明 · 局长'],
  [{ guestId: 'g', name: '周启明', post: '' }, '周启明'],
  [{ guestId: null, name: '', post: '' }, '主办方'],
  [{ guestId: null, name: '王小丽', post: '' }, '主办方 · 王小丽'],
])('%o is %s', (answer, line) => {
  expect(authorLine(answer, '主办方')).toBe(line)
})
