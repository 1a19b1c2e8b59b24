import { expect, it } from 'vitest'
import { wordTrouble, wordsOf } from './words.ts'

it('reads one word a line, cleaned, nothing twice', () => {
  expect(wordsOf(' 加微信 \n\n刷单\r\n加微信\n  ')).toEqual(['加微信', '刷单'])
  expect(wordsOf('')).toEqual([])
})

it('says what is too much', () => {
  expect(wordTrouble(['刷单'])).toBeNull()
  expect(wordTrouble(['刷'.repeat(31)])).toEqual({ kind: 'long', word: '刷'.repeat(31) })
  expect(wordTrouble(Array.from({ length: 2_001 }, (_, index) => `词${index}`))).toEqual({ kind: 'many', count: 1 })
})
