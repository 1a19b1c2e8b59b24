import { describe, expect, it } from 'vitest'
import { EMPTY_AGENDA } from '../../../shared/agenda.ts'
import type { AgendaItem } from '../../../shared/agenda.ts'
import { OPEN_INTAKE } from '../../../shared/sessions.ts'
import type { SessionView } from '../../../shared/sessions.ts'
import { NOW, question, session } from '../../sessions/fixtures.test-support.ts'
import { needsRoom, sceneOf, speakingTime } from './scene.ts'
import { hand } from './hands.test-support.ts'

const item: AgendaItem = { id: 'a', kind: 'briefing', title: '通报', minutes: 15, speakers: [], questionIds: [] }
const CUT = { by: '主持人', reason: '核实', at: NOW, before: { paused: false, chatEnabled: true } }
const seen = (more: Partial<SessionView> = {}, parts: { questions?: ReturnType<typeof question>[]; hands?: ReturnType<typeof hand>[]; agenda?: typeof EMPTY_AGENDA } = {}) => ({
  session: { ...session, ...more },
  questions: new Map((parts.questions ?? []).map((each) => [each.id, each])),
  hands: new Map((parts.hands ?? []).map((each) => [each.id, each])),
  agenda: parts.agenda ?? EMPTY_AGENDA,
})
const full = { questions: [question(1, { state: 'asking', askedAt: NOW })], hands: [hand(1, { state: 'speaking', startedAt: NOW })], agenda: { version: 1, items: [item], current: 'a', runs: [] } }

describe('the scene', () => {
  it.each([
    ['announced', { kind: 'before', soon: false }],
    ['backstage', { kind: 'before', soon: true }],
    ['paused', { kind: 'paused' }],
    ['ended', { kind: 'over' }],
    ['archived', { kind: 'over' }],
    ['cancelled', { kind: 'cancelled' }],
  ] as const)('of a session that is %s is that, whatever else there is', (phase, scene) => {
    expect(sceneOf(seen({ phase }, full))).toEqual(scene)
  })

  it('is that everything was cut off, with the reason, until the end', () => {
    const intake = { ...OPEN_INTAKE, cut: CUT }
    expect(sceneOf(seen({ phase: 'paused', intake }, full))).toEqual({ kind: 'cut', reason: '核实' })
    expect(sceneOf(seen({ phase: 'live', intake }, full))).toEqual({ kind: 'cut', reason: '核实' })
    expect(sceneOf(seen({ phase: 'ended', intake }, full))).toEqual({ kind: 'over' })
  })

  it('is the speaker, then the question, then the part, then a welcome', () => {
    expect(sceneOf(seen({}, full)).kind).toBe('speakers')
    expect(sceneOf(seen({}, { ...full, hands: [hand(1), hand(2, { state: 'backstage' }), hand(3, { state: 'spoke' })] })).kind).toBe('question')
    expect(sceneOf(seen({}, { agenda: full.agenda }))).toEqual({ kind: 'part', item })
    expect(sceneOf(seen({}, { agenda: { ...full.agenda, current: null } }))).toEqual({ kind: 'welcome' })
  })

  it('shows the last of several speakers first, with the question that they put', () => {
    const put = question(2)
    const hands = [hand(1, { state: 'speaking', startedAt: '2026-11-22T01:30:00.000Z' }), hand(2, { state: 'speaking', startedAt: '2026-11-22T01:31:00.000Z', questionId: put.id })]
    expect(sceneOf(seen({}, { hands, questions: [put] }))).toMatchObject({ kind: 'speakers', hands: [{ id: 'h2' }, { id: 'h1' }], question: { id: put.id } })
    expect(sceneOf(seen({}, { hands }))).toMatchObject({ question: null })
  })
})

describe('a speaker’s time', () => {
  const startedAt = NOW
  const at = (seconds: number) => speakingTime({ startedAt, seconds: 120 }, Date.parse(NOW) + seconds * 1_000)
  it('runs from when they began', () => expect(at(10)).toEqual({ left: 110_000, over: false, near: false }))
  it('is near its end for a quarter of it, at most half a minute', () => {
    expect(at(90)).toMatchObject({ near: true })
    expect(at(89)).toMatchObject({ near: false })
  })
  it('is over from the first moment beyond', () => expect([at(120)?.over, at(121)?.over]).toEqual([false, true]))
  it('does not run before', () => expect(speakingTime({ startedAt: null, seconds: 60 }, 0)).toBeNull())
})

describe('the room for words', () => {
  const ofLength = (length: number) => ({ kind: 'question' as const, question: question(1, { text: '好'.repeat(length) }) })
  it('is needed by long texts, beside a poll only by very long ones', () => {
    expect([needsRoom(ofLength(130), false), needsRoom(ofLength(131), false)]).toEqual([false, true])
    expect([needsRoom(ofLength(200), true), needsRoom(ofLength(201), true)]).toEqual([false, true])
    expect(needsRoom({ kind: 'welcome' }, false)).toBe(false)
  })
})
