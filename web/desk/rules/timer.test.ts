import { expect, it } from 'vitest'
import { answerTime, oneMinuteMore } from './timer.ts'

const askedAt = '2026-11-22T01:30:00.000Z'
const at = (seconds: number, limit: number | null) => answerTime(askedAt, limit, Date.parse(askedAt) + seconds * 1_000)

it('counts down to the limit and beyond', () => {
  expect(at(30, 60)).toEqual({ spent: 30, left: 30, over: false })
  expect(at(60, 60)).toEqual({ spent: 60, left: 0, over: false })
  expect(at(75, 60)).toEqual({ spent: 75, left: -15, over: true })
  expect(at(75, null)).toEqual({ spent: 75, left: null, over: false })
  expect(at(-5, 60).spent).toBe(0)
})

it('gives a minute more from the limit, or from now once that has passed', () => {
  expect(oneMinuteMore(120, 30)).toBe(180)
  expect(oneMinuteMore(120, 150)).toBe(210)
  expect(oneMinuteMore(null, 10)).toBe(70)
  expect(oneMinuteMore(3_600, 0)).toBe(3_600)
})
