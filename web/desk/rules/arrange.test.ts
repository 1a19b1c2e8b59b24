import { describe, expect, it } from 'vitest'
import { arrange } from './arrange.ts'

const none: ReadonlySet<string> = new Set()

describe('arrange', () => {
  it('shows the right order while nobody is there', () => {
    expect(arrange(['a', 'b'], ['c', 'a'], 'free', none)).toEqual({ shown: ['c', 'a'], waiting: [], outOfOrder: false })
  })

  it.each(['scrolled', 'hands'] as const)('lets new ones wait while held (%s)', (hold) => {
    expect(arrange(['a', 'b'], ['a', 'n', 'b', 'm'], hold, none)).toEqual({ shown: ['a', 'b'], waiting: ['n', 'm'], outOfOrder: false })
  })

  it.each(['scrolled', 'hands'] as const)('keeps the order while held and says that it is out of order (%s)', (hold) => {
    expect(arrange(['a', 'b', 'c'], ['c', 'a', 'b'], hold, none)).toEqual({ shown: ['a', 'b', 'c'], waiting: [], outOfOrder: true })
  })

  it('keeps the place of what others moved away under a hand', () => {
    expect(arrange(['a', 'b', 'c'], ['b', 'c'], 'hands', none).shown).toEqual(['a', 'b', 'c'])
    expect(arrange(['a', 'b', 'c'], ['b', 'c'], 'scrolled', none).shown).toEqual(['b', 'c'])
  })

  it('lets what this person moved go and come at once', () => {
    expect(arrange(['a', 'b', 'c'], ['b', 'c'], 'hands', new Set(['a'])).shown).toEqual(['b', 'c'])
    expect(arrange(['a', 'c'], ['a', 'b', 'c', 'n'], 'hands', new Set(['b']))).toEqual({ shown: ['a', 'b', 'c'], waiting: ['n'], outOfOrder: false })
    expect(arrange(['b'], ['n', 'a', 'b'], 'scrolled', new Set(['a'])).shown).toEqual(['a', 'b'])
  })

  it('lets everything in when nothing is left to read', () => {
    expect(arrange([], ['a', 'b'], 'hands', none)).toEqual({ shown: ['a', 'b'], waiting: [], outOfOrder: false })
    expect(arrange(['x'], ['a', 'b'], 'hands', new Set(['x'])).shown).toEqual(['a', 'b'])
  })

  it('never loses or doubles one', () => {
    const sorted = ['a', 'b', 'c', 'd', 'e']
    for (const hold of ['free', 'scrolled', 'hands'] as const) {
      const { shown, waiting } = arrange(['d', 'gone', 'a'], sorted, hold, new Set(['c']))
      expect([...shown, ...waiting].filter((id) => id !== 'gone').sort()).toEqual(sorted)
    }
  })
})
