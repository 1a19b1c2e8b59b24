import { expect, it } from 'vitest'
import { matches, searchWords } from './filter.ts'
import { aQuestion } from './testing.ts'

const question = aQuestion({ number: 12, text: '违建拆除后的空地怎么用？', originalText: '违建折除后的空地怎么用？', name: 'Lǐ 大姐' })
const found = (query: string) => matches(question, searchWords(query))

it('finds by either text, name and number, all words together', () => {
  for (const query of ['', '空地', '拆除', '折除', 'LǏ', '#12', '12', '１２', '空地 大姐', ' 空地 #12 ']) expect(found(query), query).toBe(true)
  for (const query of ['矿山', '#1', '1', '空地 矿山', '#空地']) expect(found(query), query).toBe(false)
})
