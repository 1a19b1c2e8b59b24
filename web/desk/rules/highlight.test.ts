import { expect, it } from 'vitest'
import { highlight } from './highlight.ts'

const found = (text: string, ...words: string[]) => highlight(text, words).filter((stretch) => stretch.found).map((stretch) => stretch.text)

it('finds every occurrence in any case and width, and loses nothing of the text', () => {
  expect(found('加微信ＡＢＣ，加微信abc', '微信', 'Abc')).toEqual(['微信ＡＢＣ', '微信abc'])
  expect(highlight('无事', ['微信'])).toEqual([{ text: '无事', found: false }])
  expect(found('哈哈哈', '哈哈')).toEqual(['哈哈哈'])
  const text = '😀ﬁ 微信 é'
  expect(highlight(text, ['微信', '']).map((stretch) => stretch.text).join('')).toBe(text)
})
