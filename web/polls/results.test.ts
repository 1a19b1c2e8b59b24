import { describe, expect, it } from 'vitest'
import type { PollView } from '../../shared/polls.ts'
import { arranged, averageRating, labelsOf, resultLines } from './results.ts'

const base: PollView = {
  id: 'p',
  number: 1,
  kind: 'single',
  title: '先修哪一段？',
  options: [
    { id: 'a', text: '北段' },
    { id: 'b', text: '海边段' },
  ],
  maxChoices: 1,
  showResults: 'live',
  state: 'open',
  openedAt: '2026-11-22T01:30:00.000Z',
  closedAt: null,
  version: 2,
  answers: 4,
  counts: { a: 3, b: 1 },
  hidden: [],
}

describe('the lines of the results', () => {
  it('keeps the options in their order, as shares of those who answered', () => {
    expect(resultLines(base, ['b'])).toEqual([
      { key: 'a', label: '北段', people: 3, share: 0.75, scale: 0.75, own: false },
      { key: 'b', label: '海边段', people: 1, share: 0.25, scale: 0.25, own: true },
    ])
  })

  it('shows the best rating first', () => {
    const rating: PollView = { ...base, kind: 'rating', options: [], counts: { '1': 0, '2': 0, '3': 1, '4': 1, '5': 2 } }
    expect(resultLines(rating, []).map(({ label, people }) => [label, people])).toEqual([['5', 2], ['4', 1], ['3', 1], ['2', 0], ['1', 0]])
    expect(averageRating(rating)).toBe(4.25)
  })

  it('shows the word most given first, as the measure of the others', () => {
    const words: PollView = { ...base, kind: 'words', options: [], answers: 10, counts: { '110': 1, 电梯: 4, 停车: 2 } }
    expect(resultLines(words, []).map(({ key, scale }) => [key, scale])).toEqual([['电梯', 1], ['停车', 0.5], ['110', 0.25]])
  })

  it('says nothing while nothing is to be seen', () => {
    expect(resultLines({ ...base, counts: null }, ['a'])).toEqual([])
    expect(averageRating({ ...base, kind: 'rating', counts: null })).toBeNull()
    expect(averageRating({ ...base, kind: 'rating', counts: { '1': 0 } })).toBeNull()
  })

  it('divides by nobody', () => {
    expect(resultLines({ ...base, answers: 0, counts: { a: 0, b: 0 } }, []).map(({ share, scale }) => [share, scale])).toEqual([[0, 0], [0, 0]])
  })
})

it('puts what is open before what is closed, newest first', () => {
  const at = (id: string, state: PollView['state'], openedAt: string) => ({ ...base, id, state, openedAt })
  const { open, closed } = arranged([at('a', 'closed', '1'), at('b', 'open', '2'), at('c', 'closed', '4'), at('d', 'open', '3')])
  expect([open.map(({ id }) => id), closed.map(({ id }) => id)]).toEqual([['d', 'b'], ['c', 'a']])
})

it('names what a reader chose', () => {
  expect(labelsOf({ ...base }, ['b'])).toEqual(['海边段'])
  expect(labelsOf({ ...base, options: [] }, ['4'])).toEqual(['4'])
})
