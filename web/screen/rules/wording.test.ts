import { describe, expect, it } from 'vitest'
import type { PollView } from '../../../shared/polls.ts'
import { groupDigits, hallCodeOf, pollLines, shiftAt, wordScale } from './wording.ts'

const options = Array.from({ length: 8 }, (_, index) => ({ id: `o${index}`, text: `选项${index}` }))
const poll = (more: Partial<PollView>): PollView => ({ id: 'p', number: 1, kind: 'single', title: '？', options, maxChoices: 1, showResults: 'live', state: 'open', openedAt: null, closedAt: null, version: 1, answers: 10, counts: {}, hidden: [], ...more })
const keys = (more: Partial<PollView>) => pollLines(poll(more)).lines.map(({ key }) => key)

describe('lines of a poll', () => {
  it('stand in their order', () => expect(keys({ options: options.slice(0, 3), counts: { o2: 5 } })).toEqual(['o0', 'o1', 'o2']))
  it('are those that most chose when there are too many, still in their order', () => {
    expect(pollLines(poll({ counts: { o7: 9, o6: 3 } }))).toMatchObject({ rest: 2 })
    expect(keys({ counts: { o7: 9, o6: 3 } })).toEqual(['o0', 'o1', 'o2', 'o3', 'o6', 'o7'])
  })
  it('are there before results may be seen, without figures', () => {
    expect(pollLines(poll({ counts: null, options: options.slice(0, 2) })).lines).toMatchObject([{ label: '选项0', people: 0 }, { label: '选项1', share: 0 }])
  })
  it('are the words given most', () => {
    const counts = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`词${index}`, index + 1]))
    const { lines, rest } = pollLines(poll({ kind: 'words', options: [], counts }))
    expect([lines[0]?.label, lines.length, rest]).toEqual(['词39', 24, 16])
  })
  it('draw words as large as they are given often', () => expect([wordScale({ scale: 0 }), wordScale({ scale: 1 }), wordScale({ scale: 7 })]).toEqual([1, 2, 2]))
})

describe('the code of the hall', () => {
  it('is read in two groups', () => expect(groupDigits('482913')).toBe('482 913'))
  it('is six digits of the address', () => {
    expect(hallCodeOf('482913')).toBe('482913')
    for (const query of [undefined, null, '48291', '4829133', 'abcdef', ['482913']]) expect(hallCodeOf(query)).toBeNull()
  })
})

describe('the place of the picture', () => {
  it('changes every few minutes, by a hair, and comes back', () => {
    const places = Array.from({ length: 6 }, (_, index) => shiftAt(index * 180_000))
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(6)
    expect(places.every(({ x, y }) => Math.abs(x) <= 0.3 && Math.abs(y) <= 0.3)).toBe(true)
    expect(shiftAt(6 * 180_000)).toEqual(shiftAt(0))
    expect(shiftAt(179_999)).toEqual(shiftAt(0))
  })
})
