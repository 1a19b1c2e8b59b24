import { describe, expect, it } from 'vitest'
import { SMALLEST, listSteps, sizesBetween } from './fitting.ts'

describe('sizes to try', () => {
  it('go down in small steps to the smallest that may be', () => {
    const sizes = sizesBetween(9)
    expect(sizes[0]).toBe(9)
    expect(sizes.at(-1)).toBe(SMALLEST)
    expect(sizes.every((size, index) => index === 0 || (size < sizes[index - 1]! && size >= sizes[index - 1]! * 0.9))).toBe(true)
  })
  it('are one where there is nothing to choose', () => expect(sizesBetween(3, 3)).toEqual([3]))
})

describe('ways to show a list', () => {
  it('keep all rows as long as they can be read, then leave out the last ones', () => {
    const steps = listSteps(4, 3, 2.9)
    expect(steps).toEqual([{ size: 3, rows: 4 }, { size: 2.9, rows: 4 }, { size: 2.9, rows: 3 }, { size: 2.9, rows: 2 }, { size: 2.9, rows: 1 }])
  })
  it('of nothing leave out nothing', () => expect(listSteps(0, 3, 3)).toEqual([{ size: 3, rows: 0 }]))
})
