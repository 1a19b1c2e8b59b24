import { expect, it } from 'vitest'
import { highlight } from './highlight.ts'

const found = (text: string, ...words: string[]) => highlight(text, words).filter((stretch) => stretch.found).map((stretch) => stretch.text)

it('finds every occurrence in any case and width, also where it is hidden between signs', () => {
  expect(found('加微信ＡＢＣ，加微信abc', '微信', 'Abc')).toEqual(['微信ＡＢＣ', '微信abc'])
  expect(found('请加 微-信！谢谢', '加微信')).toEqual(['加 微-信'])
  expect(found('哈哈哈', '哈哈')).toEqual(['哈哈哈'])
  expect(highlight('无事', ['微信', '！'])).toEqual([{ text: '无事', found: false }])
})

it('loses nothing of the text', () => {
  for (const text of ['😀ﬁ 微信 é', '微信', '𠮷微信𠮷', '']) expect(highlight(text, ['微信', '𠮷', 'é']).map((stretch) => stretch.text).join('')).toBe(text)
})
