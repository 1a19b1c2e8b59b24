import { describe, expect, it } from 'vitest'
import { shownVote, toggled } from './voting.ts'

describe('a vote before the server has answered', () => {
  it('is what the session says while nothing is under way', () => {
    expect(shownVote(7, true, undefined)).toEqual({ up: true, count: 7 })
  })

  it('shows the intent at once, and the session again after a rollback', () => {
    const intent = toggled(shownVote(7, false, undefined))
    expect(shownVote(7, false, intent)).toEqual({ up: true, count: 8 })
    expect(shownVote(7, false, undefined)).toEqual({ up: false, count: 7 })
  })

  it('toggled twice is where it began', () => {
    expect(toggled(toggled({ up: true, count: 4 }))).toEqual({ up: true, count: 4 })
  })

  it('never shows less than none', () => {
    expect(toggled({ up: true, count: 0 })).toEqual({ up: false, count: 0 })
  })
})
