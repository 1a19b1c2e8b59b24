import { expect, it } from 'vitest'
import { pollFigures } from './pollFigures.ts'

it('keeps choices in their order, also those that nobody chose', () => {
  const options = [{ id: 'a', text: '公园' }, { id: 'b', text: '步道' }]
  expect(pollFigures({ kind: 'single', options, counts: { b: 3 } })).toEqual([{ key: 'a', label: '公园', count: 0 }, { key: 'b', label: '步道', count: 3 }])
  expect(pollFigures({ kind: 'single', options, counts: null })).toEqual([])
})

it('lists every rating, and words by how often they were given', () => {
  expect(pollFigures({ kind: 'rating', options: [], counts: { 5: 2 } }).map(({ count }) => count)).toEqual([0, 0, 0, 0, 2])
  expect(pollFigures({ kind: 'words', options: [], counts: { 绿化: 1, 停车: 4 } }).map(({ label }) => label)).toEqual(['停车', '绿化'])
})
