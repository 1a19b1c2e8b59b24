import { describe, expect, it } from 'vitest'
import { isLong } from './reading.ts'

describe('isLong', () => {
  it('lets what fits four lines of a phone stand', () => {
    expect(isLong('违'.repeat(90))).toBe(false)
    expect(isLong('a'.repeat(180))).toBe(false)
  })

  it('folds what is longer, by width or by lines', () => {
    expect(isLong('违'.repeat(91))).toBe(true)
    expect(isLong('a'.repeat(181))).toBe(true)
    expect(isLong('一\n二\n三\n四\n五\n六')).toBe(true)
  })
})
