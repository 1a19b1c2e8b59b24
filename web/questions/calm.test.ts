import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALM_AFTER, countChanges, isReading, stillThere } from './calm.ts'

describe('countChanges', () => {
  it('is zero for the same order', () => {
    expect(countChanges(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(0)
  })

  it('counts a new entry once, wherever it comes in', () => {
    expect(countChanges(['a', 'b'], ['new', 'a', 'b'])).toBe(1)
    expect(countChanges(['a', 'b'], ['a', 'new', 'b'])).toBe(1)
  })

  it('counts one that overtook all others as one change', () => {
    expect(countChanges(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'])).toBe(1)
  })

  it('does not count what has gone', () => {
    expect(countChanges(['a', 'b', 'c'], ['a', 'c'])).toBe(0)
  })

  it('is never more than the whole list and zero only for an equal one', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 })
    fc.assert(
      fc.property(ids, ids, (shown, wanted) => {
        const changes = countChanges(shown, wanted)
        expect(changes).toBeLessThanOrEqual(wanted.length)
        const kept = stillThere(shown, wanted)
        expect(changes === 0).toBe(kept.join('\u0000') === wanted.join('\u0000'))
      }),
    )
  })
})

describe('stillThere', () => {
  it('keeps the order that is being read and drops what was hidden', () => {
    expect(stillThere(['c', 'a', 'b'], ['a', 'b', 'new', 'c'])).toEqual(['c', 'a', 'b'])
    expect(stillThere(['c', 'a', 'b'], ['b', 'c'])).toEqual(['c', 'b'])
  })
})

describe('isReading', () => {
  const away = { sinceTouch: Infinity, scrolledPast: false, keyboardInside: false }

  it('is false when nobody is at the list', () => {
    expect(isReading(away)).toBe(false)
    expect(isReading({ ...away, sinceTouch: CALM_AFTER })).toBe(false)
  })

  it('is true for each sign of a reader alone', () => {
    expect(isReading({ ...away, sinceTouch: CALM_AFTER - 1 })).toBe(true)
    expect(isReading({ ...away, scrolledPast: true })).toBe(true)
    expect(isReading({ ...away, keyboardInside: true })).toBe(true)
  })
})
