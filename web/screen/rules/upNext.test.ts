import { describe, expect, it } from 'vitest'
import { EMPTY_FLOOR } from '../../../shared/floor.ts'
import type { PollView } from '../../../shared/polls.ts'
import { DEFAULT_SETTINGS } from '../../../shared/sessions.ts'
import type { SpotRecord } from '../../../shared/spot.ts'
import { NOW, question, session } from '../../sessions/fixtures.test-support.ts'
import { hand } from './hands.test-support.ts'
import { freshRecord, upNext } from './upNext.ts'

const now = Date.parse(NOW)
const poll = (number: number, more: Partial<PollView> = {}): PollView => ({ id: `p${number}`, number, kind: 'single', title: '？', options: [], maxChoices: 1, showResults: 'live', state: 'open', openedAt: `2026-11-22T01:0${number}:00.000Z`, closedAt: null, version: 1, answers: 0, counts: {}, hidden: [], ...more })
const seen = ({ questions = [], hands = [], polls = [], open = true, over = {} }: { questions?: ReturnType<typeof question>[]; hands?: ReturnType<typeof hand>[]; polls?: PollView[]; open?: boolean; over?: object }) => ({
  session: { ...session, ...over },
  questions: new Map(questions.map((each) => [each.id, each])),
  hands: new Map(hands.map((each) => [each.id, each])),
  polls: new Map(polls.map((each) => [each.id, each])),
  floor: { ...EMPTY_FLOOR, open },
})
const everything = { polls: [poll(1), poll(2)], hands: [hand(1)], questions: [question(1)] }

describe('what comes next', () => {
  it('is the poll that was opened last, while answers are taken', () => {
    expect(upNext(seen(everything), now)).toMatchObject({ kind: 'poll', poll: { id: 'p2' } })
    expect(upNext(seen({ ...everything, polls: [poll(1, { state: 'closed' })] }), now).kind).toBe('hands')
    expect(upNext(seen({ ...everything, over: { phase: 'archived' } }), now).kind).toBe('hands')
  })

  it('is the queue by its own rule, behind whoever was called already', () => {
    const hands = [hand(1, { turns: 1 }), hand(2, { place: 'home' }), hand(3), hand(4, { state: 'invited', calledAt: NOW }), hand(5, { state: 'speaking', calledAt: NOW }), hand(6)]
    // The hall was called last, so home comes first; who has spoken before waits.
    expect(upNext(seen({ hands }), now)).toMatchObject({ kind: 'hands', hands: [{ id: 'h4' }, { id: 'h2' }, { id: 'h3' }], waiting: 4 })
  })

  it('is who was called even when no more hands are taken', () => {
    expect(upNext(seen({ hands: [hand(1, { state: 'backstage', calledAt: NOW })], open: false }), now)).toMatchObject({ kind: 'hands', waiting: 0 })
    expect(upNext(seen({ hands: [hand(1)], questions: [question(1)], open: false }), now).kind).toBe('questions')
  })

  it('is the open questions by votes, or as the session promises', () => {
    const early = question(1, { votes: 20, publicAt: '2026-11-22T00:00:00.000Z' })
    const late = question(2, { votes: 15, publicAt: '2026-11-22T01:20:00.000Z' })
    const ids = (over = {}) => {
      const next = upNext(seen({ questions: [late, early, question(3, { state: 'asking' }), question(4, { state: 'answered' })], over }), now)
      return next.kind === 'questions' ? next.questions.map(({ number }) => number) : []
    }
    expect(ids()).toEqual([1, 2])
    expect(ids({ settings: { ...DEFAULT_SETTINGS, rule: { top: 5, perTopic: 0, correctEarly: true } } })).toEqual([2, 1])
  })

  it('is nothing where there is nothing', () => expect(upNext(seen({}), now)).toEqual({ kind: 'nothing' }))
})

describe('a record made on the spot', () => {
  const record = (number: number, secondsAgo: number, more: Partial<SpotRecord> = {}): SpotRecord => ({ id: `s${number}`, number, kind: 'promise', questionId: null, handId: null, guestId: null, who: '周建国', departmentId: null, department: '', text: '', dueOn: '2026-12-31', at: new Date(now - secondsAgo * 1_000).toISOString(), by: '主持人', withdrawn: null, version: 1, ...more })
  it('is shown for twenty seconds, the newest first', () => {
    expect(freshRecord([record(1, 19), record(2, 3), record(3, 25)], now)).toMatchObject({ number: 2 })
    expect(freshRecord([record(1, 20)], now)).toBeNull()
    expect(freshRecord([record(1, -1)], now)).toMatchObject({ number: 1 })
  })
  it('is shown no more once it is taken back', () => {
    expect(freshRecord([record(1, 5), record(2, 3, { withdrawn: { reason: '误记', at: NOW } })], now)).toMatchObject({ number: 1 })
  })
})
