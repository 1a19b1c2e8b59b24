import { describe, expect, it } from 'vitest'
import { EMPTY_AGENDA } from '../../shared/agenda.ts'
import type { Agenda, AgendaItem } from '../../shared/agenda.ts'
import { clockFace } from './clockFace.ts'

const START = '2026-11-22T01:30:00.000Z'
const at = (minutes: number, seconds = 0) => Date.parse(START) + minutes * 60_000 + seconds * 1_000
const iso = (minutes: number, seconds = 0) => new Date(at(minutes, seconds)).toISOString()
const item = (id: string, minutes: number): AgendaItem => ({ id, kind: 'other', title: id, minutes, speakers: [], questionIds: [] })
const items = [item('a', 15), item('b', 40)]
const live = { phase: 'live' as const, startsAt: START }
const running: Agenda = { version: 2, items, current: 'a', runs: [{ itemId: 'a', startedAt: iso(0), endedAt: null, minutes: 15 }] }

describe('the face of the agenda’s clock', () => {
  it('shows nothing where there is no agenda', () => {
    expect(clockFace(EMPTY_AGENDA, live, at(0))).toMatchObject({ standing: 'none', item: null, next: null })
  })

  it('names the first part before the start', () => {
    expect(clockFace({ ...EMPTY_AGENDA, items }, { ...live, phase: 'announced' }, at(-60))).toMatchObject({ standing: 'before', item: null, next: { id: 'a' } })
  })

  it('counts down, the last started second in full', () => {
    expect(clockFace(running, live, at(10, 0.5))).toMatchObject({ standing: 'on', item: { id: 'a' }, next: { id: 'b' }, over: false, seconds: 300, lateMinutes: 0 })
    expect(clockFace(running, live, at(15))).toMatchObject({ over: false, seconds: 0, used: 1 })
  })

  it('counts what is too much, and how late all of it is', () => {
    expect(clockFace(running, live, at(21, 30))).toMatchObject({ over: true, seconds: 390, used: 1, lateMinutes: 6 })
  })

  it('is ahead of the plan when a part began early', () => {
    const early: Agenda = { ...running, current: 'b', runs: [{ ...running.runs[0]!, endedAt: iso(10) }, { itemId: 'b', startedAt: iso(10), endedAt: null, minutes: 40 }] }
    expect(clockFace(early, live, at(11))).toMatchObject({ item: { id: 'b' }, next: null, lateMinutes: -5 })
  })

  it('tells a pause between parts from the end', () => {
    const through: Agenda = { ...running, current: null, runs: [{ ...running.runs[0]!, endedAt: iso(10) }] }
    expect(clockFace(through, live, at(11))).toMatchObject({ standing: 'between', item: null })
    expect(clockFace(through, { ...live, phase: 'ended' }, at(11))).toMatchObject({ standing: 'over', item: null })
  })
})
