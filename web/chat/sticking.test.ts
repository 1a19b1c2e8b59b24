import { describe, expect, it } from 'vitest'
import { END_TOLERANCE, afterArrival, afterScroll, countArrivals, secondsLeft } from './sticking.ts'

describe('the reader of a chat', () => {
  it('stays at the end and sees all that comes', () => {
    expect(afterArrival({ stuck: true, unseen: 0 }, 3)).toEqual({ stuck: true, unseen: 0 })
  })

  it('who scrolled up is told how many came', () => {
    const up = afterScroll({ stuck: true, unseen: 0 }, END_TOLERANCE + 1)
    expect(up).toEqual({ stuck: false, unseen: 0 })
    expect(afterArrival(afterArrival(up, 2), 1)).toEqual({ stuck: false, unseen: 3 })
  })

  it('who comes back to the end has seen everything', () => {
    expect(afterScroll({ stuck: false, unseen: 5 }, END_TOLERANCE)).toEqual({ stuck: true, unseen: 0 })
  })

  it('who scrolls further up loses no count', () => {
    expect(afterScroll({ stuck: false, unseen: 5 }, 900)).toEqual({ stuck: false, unseen: 5 })
  })
})

describe('countArrivals', () => {
  it('counts only what is new at the end', () => {
    expect(countArrivals(['a', 'b'], ['a', 'b', 'c', 'd'])).toBe(2)
  })

  it('does not take a deletion or the loss of the oldest for an arrival', () => {
    expect(countArrivals(['a', 'b', 'c'], ['a', 'c'])).toBe(0)
    expect(countArrivals(['a', 'b', 'c'], ['b', 'c', 'd'])).toBe(1)
  })

  it('counts everything after a gap longer than the list', () => {
    expect(countArrivals(['a'], ['x', 'y'])).toBe(2)
  })
})

describe('secondsLeft', () => {
  it('rounds up and stops at zero', () => {
    expect(secondsLeft(10_001, 9_000)).toBe(2)
    expect(secondsLeft(10_000, 9_000)).toBe(1)
    expect(secondsLeft(9_000, 9_000)).toBe(0)
    expect(secondsLeft(1, 9_000)).toBe(0)
  })
})
