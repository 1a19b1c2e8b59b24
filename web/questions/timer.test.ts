import { describe, expect, it } from 'vitest'
import { NOW, question } from '../sessions/fixtures.test-support.ts'
import { answerTime, onCamera } from './timer.ts'

const at = Date.parse(NOW)
const asked = (timeLimit: number | null) => question(1, { state: 'asking', askedAt: NOW, timeLimit })
const later = (seconds: number) => new Date(at + seconds * 1_000).toISOString()

describe('answerTime', () => {
  it('counts down from when it was put on air, and on beyond the end', () => {
    expect(answerTime(asked(180), at + 60_000)).toMatchObject({ left: 120_000, over: false, near: false })
    expect(answerTime(asked(180), at + 160_000)).toMatchObject({ left: 20_000, near: true })
    expect(answerTime(asked(180), at + 185_000)).toMatchObject({ left: -5_000, over: true, near: false })
  })

  it('warns of a short time only in its last quarter', () => {
    expect(answerTime(asked(40), at + 15_000)?.near).toBe(false)
    expect(answerTime(asked(40), at + 31_000)?.near).toBe(true)
  })

  it('is nothing without a limit, and off air', () => {
    expect(answerTime(asked(null), at)).toBeNull()
    expect(answerTime(question(1, { state: 'answered', askedAt: NOW, timeLimit: 60 }), at)).toBeNull()
  })
})

describe('onCamera', () => {
  it('counts from when the session went on air', () => {
    expect(onCamera({ askedAt: later(60), answeredAt: later(150) }, NOW)).toEqual({ start: 60_000, end: 150_000 })
    expect(onCamera({ askedAt: later(60), answeredAt: null }, NOW)).toEqual({ start: 60_000, end: null })
  })
  it('is nothing for an answer in writing alone', () => {
    expect(onCamera({ askedAt: null, answeredAt: later(10) }, NOW)).toBeNull()
    expect(onCamera({ askedAt: later(10), answeredAt: null }, null)).toBeNull()
  })
})
