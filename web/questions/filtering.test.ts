import { describe, expect, it } from 'vitest'
import { question } from '../sessions/fixtures.test-support.ts'
import { filterQuestions } from './filtering.ts'

const all = [
  question(1, { text: '老旧小区加装电梯', topicId: 't1' }),
  question(2, { text: 'ETC 收费站什么时候开通', name: '骑行的阿海' }),
  question(3, { text: '石矿复绿', topicId: 't1', answer: { text: '明年三月验收。', guestId: null, name: '', post: '', at: '' } }),
]
const found = (search: string, topicId: string | null = null) => filterQuestions(all, { search, topicId }).map(({ number }) => number)

describe('filtering questions', () => {
  it('lets everything through without a filter', () => expect(filterQuestions(all, { topicId: null, search: ' ' })).toEqual(all))
  it('keeps one topic', () => expect(found('', 't1')).toEqual([1, 3]))
  it('looks into text, name and answer, whatever the case and width', () => {
    expect(found('etc')).toEqual([2])
    expect(found('ＥＴＣ')).toEqual([2])
    expect(found('阿海')).toEqual([2])
    expect(found('验收')).toEqual([3])
  })
  it('wants every word', () => {
    expect(found('电梯 小区')).toEqual([1])
    expect(found('电梯 石矿')).toEqual([])
  })
  it('finds a number', () => expect(found('#3')).toEqual([3]))
})
