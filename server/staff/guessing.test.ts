import { describe, expect, test } from 'vitest'
import { GUESSES, GUESS_WINDOW, LOCKED, NO_GUESSES, guessed, lockedFor, proved } from './guessing.ts'

const START = Date.parse('2026-11-22T01:00:00.000Z')
const after = (guesses: number, everyMs = 1_000) => Array.from({ length: guesses }).reduce<ReturnType<typeof guessed>>((state, _, at) => guessed(state, START + at * everyMs), NO_GUESSES)

describe('guessing', () => {
  test('four wrong guesses lock nothing, the fifth does, for a quarter of an hour', () => {
    expect(lockedFor(after(GUESSES - 1), START + 4_000)).toBe(0)
    const locked = after(GUESSES)
    expect(lockedFor(locked, START + 4_000)).toBe(LOCKED)
    expect(lockedFor(locked, START + 4_000 + LOCKED - 1)).toBe(1)
    expect(lockedFor(locked, START + 4_000 + LOCKED)).toBe(0)
  })

  test('after the lock it begins again', () => {
    expect(guessed(after(GUESSES), START + 4_000 + LOCKED)).toMatchObject({ failures: 1, lockedUntil: null })
  })

  test('guesses with a long pause between them do not add up', () => {
    expect(after(50, GUESS_WINDOW)).toMatchObject({ failures: 1, lockedUntil: null })
    expect(after(GUESSES, GUESS_WINDOW - 1).lockedUntil).not.toBeNull()
  })

  test('a right guess takes back itself and no other', () => {
    expect(proved(after(1))).toEqual(NO_GUESSES)
    expect(proved(after(3))).toMatchObject({ failures: 2, lockedUntil: null })
    expect(proved(after(GUESSES))).toMatchObject({ failures: GUESSES - 1, lockedUntil: null })
    expect(guessed(proved(after(GUESSES)), START + 5_000).lockedUntil).not.toBeNull()
  })
})
