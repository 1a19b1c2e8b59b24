import { describe, expect, test } from 'vitest'
import { DEFAULT_WORDS, distinctWords, findsWord, prepareWords } from './words.ts'

describe('a word is found', () => {
  test.each([
    ['as it stands', '加微信', '请加微信联系'],
    ['with spaces in it', '加微信', '加 微　信'],
    ['with signs in it', '加微信', '加-微*信！'],
    ['with an emoji in it', '加微信', '加🙂微信'],
    ['over a line break', '加微信', '加微\n信'],
    ['in another width', 'VX号', 'ｖｘ号'],
    ['in another case', 'WeChat', 'wechat'],
    ['with joiners that nobody sees', '加微信', '加\u200d微\u200d信'],
    ['when the list itself has signs', '「加微信」', '加微信'],
    ['in traditional compatibility forms', '金', '\uf90a'],
  ])('%s', (_how, word, text) => expect(findsWord(prepareWords([word]), [text])).toBe(true))

  test('in any of the texts', () => expect(findsWord(prepareWords(['博彩']), ['好', '来博彩'])).toBe(true))
})

test('what is not there is not found, and a word of signs finds nothing', () => {
  expect(findsWord(prepareWords(['加微信']), ['微信加我', ''])).toBe(false)
  expect(findsWord(prepareWords(['！！', ' ']), ['！！'])).toBe(false)
  expect(findsWord([], ['加微信'])).toBe(false)
})

test('a list keeps its order and nothing twice', () => {
  expect(distinctWords(['乙', '甲', '乙 ', '，', 'ＶＸ', 'vx'])).toEqual(['乙', '甲', 'ＶＸ'])
})

test('the default list names nothing that people ask a county about', () => {
  const prepared = prepareWords(DEFAULT_WORDS)
  for (const text of ['公积金贷款怎么申请？', '微信公众号能不能查进度', '网上办事大厅打不开', '办证大厅周末开门吗', '发票怎么开', '低保能办吗']) expect(findsWord(prepared, [text]), text).toBe(false)
})
