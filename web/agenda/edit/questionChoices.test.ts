import { expect, it } from 'vitest'
import { question } from '../../sessions/fixtures.test-support.ts'
import { choices } from './questionChoices.ts'

it('offers approved questions that are not chosen, most votes first, by words or number', () => {
  const all = [
    question(1, { id: 'few', votes: 1, text: '停车位怎么办' }),
    question(12, { id: 'many', votes: 9, text: '公园的步道' }),
    question(3, { id: 'done', votes: 20, state: 'answered' }),
    question(4, { id: 'chosen', votes: 5 }),
  ]
  const found = (find: string) => choices(all, ['chosen'], find).map(({ id }) => id)
  expect(found('')).toEqual(['many', 'few'])
  expect(found(' 停车 ')).toEqual(['few'])
  expect(found('12')).toEqual(['many'])
  expect(found('没有')).toEqual([])
})
