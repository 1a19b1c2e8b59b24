import { describe, expect, it } from 'vitest'
import { EMPTY_AGENDA } from '../agenda.ts'
import type { Agenda, AgendaItem, AgendaRun } from '../agenda.ts'
import { agendaClock, itemStanding, nextItem, plannedStarts } from './agenda.ts'

const START = '2026-11-22T01:30:00.000Z'
const at = (minutes: number) => Date.parse(START) + minutes * 60_000
const iso = (minutes: number) => new Date(at(minutes)).toISOString()
const item = (id: string, minutes: number): AgendaItem => ({ id, kind: 'other', title: id, minutes, speakers: [], questionIds: [] })
const run = (itemId: string, from: number, to: number | null, minutes: number): AgendaRun => ({ itemId, startedAt: iso(from), endedAt: to === null ? null : iso(to), minutes })
const items = [item('a', 15), item('b', 40), item('c', 5)]
const agenda = (current: string | null, ...runs: AgendaRun[]): Agenda => ({ ...EMPTY_AGENDA, items, current, runs })

it('plans one part after another from the start', () => {
  expect([...plannedStarts({ items }, START)]).toEqual([['a', at(0)], ['b', at(15)], ['c', at(55)]])
})

describe('the clock', () => {
  it('stands still while no part is on', () => {
    expect(agendaClock(agenda(null), START, at(3))).toBeNull()
    expect(agendaClock(agenda(null, run('a', 0, 10, 15)), START, at(12))).toBeNull()
    expect(agendaClock(agenda('gone'), START, at(3))).toBeNull()
  })

  it('counts from when the part began, with what the director added', () => {
    expect(agendaClock(agenda('a', run('a', 2, null, 20)), START, at(10))).toMatchObject({ item: items[0], elapsed: at(8) - at(0), remaining: at(12) - at(0), late: at(7) - at(0) })
  })

  it('is in time as long as the part can still end in time', () => {
    const on = agenda('a', run('a', 0, null, 15))
    expect(agendaClock(on, START, at(0))?.late).toBe(0)
    expect(agendaClock(on, START, at(14))?.late).toBe(0)
  })

  it('is later by every minute over', () => {
    const clock = agendaClock(agenda('a', run('a', 0, null, 15)), START, at(21))
    expect(clock).toMatchObject({ remaining: -6 * 60_000, late: 6 * 60_000 })
  })

  it('carries what was lost or gained into the next part', () => {
    expect(agendaClock(agenda('b', run('a', 0, 21, 15), run('b', 21, null, 40)), START, at(22))?.late).toBe(6 * 60_000)
    expect(agendaClock(agenda('b', run('a', 0, 10, 15), run('b', 10, null, 40)), START, at(22))?.late).toBe(-5 * 60_000)
    expect(agendaClock(agenda('b', run('a', 0, 21, 15), run('b', 21, null, 34)), START, at(22))?.late).toBe(0)
  })

  it('takes the last run of a part that is on again', () => {
    const again = agenda('a', run('a', 0, 15, 15), run('b', 15, 20, 40), run('a', 20, null, 15))
    expect(agendaClock(again, START, at(25))).toMatchObject({ elapsed: 5 * 60_000, late: 20 * 60_000 })
  })
})

it('knows what comes next', () => {
  expect(nextItem(agenda(null))).toBe(items[0])
  expect(nextItem(agenda('a', run('a', 0, null, 15)))).toBe(items[1])
  expect(nextItem(agenda('c', run('c', 0, null, 15)))).toBeNull()
  expect(nextItem(agenda(null, run('c', 0, 5, 5)))).toBeNull()
  expect(nextItem(EMPTY_AGENDA)).toBeNull()
})

it('knows what is on, over and ahead', () => {
  const now = agenda('b', run('a', 0, 10, 15), run('b', 10, null, 40))
  expect(items.map(({ id }) => itemStanding(now, id))).toEqual(['over', 'on', 'ahead'])
})
