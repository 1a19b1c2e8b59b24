import { describe, expect, it } from 'vitest'
import { EMPTY_AGENDA } from '../../shared/agenda.ts'
import type { Agenda, AgendaItem, AgendaKind } from '../../shared/agenda.ts'
import { EMPTY_FLOOR } from '../../shared/floor.ts'
import { extended, floorAt, goTo, losesRun, sameItems, withItems } from './rules.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 1, minute)).toISOString()
const item = (id: string, minutes = 10, kind: AgendaKind = 'other'): AgendaItem => ({ id, kind, title: id, minutes, speakers: [], questionIds: [] })
const [a, b, c] = [item('a', 15), item('b', 40), item('c', 5)]
const agenda: Agenda = { ...EMPTY_AGENDA, version: 1, items: [a, b, c] }

describe('moving on', () => {
  it('ends what is on in the moment in which the next one begins', () => {
    const second = goTo(goTo(agenda, a, at(0)), b, at(12))
    expect(second).toEqual({
      ...agenda,
      version: 3,
      current: 'b',
      runs: [
        { itemId: 'a', startedAt: at(0), endedAt: at(12), minutes: 15 },
        { itemId: 'b', startedAt: at(12), endedAt: null, minutes: 40 },
      ],
    })
    expect(goTo(second, null, at(50))).toMatchObject({ current: null, runs: [{}, { endedAt: at(50) }] })
  })

  it('goes back with another run, and keeps the last run of every part however often', () => {
    let moving = goTo(agenda, c, at(0))
    for (let turn = 0; turn < 150; turn++) moving = goTo(moving, turn % 2 === 0 ? a : b, at(1))
    expect(moving.runs).toHaveLength(100)
    expect(moving.runs[0]).toMatchObject({ itemId: 'c' })
    expect(moving.runs.at(-1)).toMatchObject({ itemId: 'b', endedAt: null })
    expect(moving.version).toBe(152)
  })
})

describe('more time', () => {
  it('is given to what is on, within a minute and the most', () => {
    const on = goTo(agenda, a, at(0))
    expect(extended(on, 5)?.runs[0]?.minutes).toBe(20)
    expect(extended(on, -60)?.runs[0]?.minutes).toBe(1)
    expect(extended(on, 240)?.runs[0]?.minutes).toBe(240)
    expect(extended(on, 0)).toBeNull()
    expect(extended(agenda, 5)).toBeNull()
  })
})

describe('another list', () => {
  it('may not lose what is or was on', () => {
    const on = goTo(goTo(agenda, a, at(0)), b, at(5))
    expect(losesRun(on, [b, c])).toBe(true)
    expect(losesRun(on, [a, c])).toBe(true)
    expect(losesRun(on, [b, a])).toBe(false)
    expect(losesRun(agenda, [])).toBe(false)
  })

  it('gives the part that is on what its plan gained, on top of what the director gave', () => {
    const on = extended(goTo(goTo(agenda, a, at(0)), b, at(5)), 10)
    const changed = withItems(on!, [item('a', 99), item('b', 45)])
    expect(changed.runs.map(({ minutes }) => minutes)).toEqual([15, 55])
    expect(changed).toMatchObject({ version: 5, current: 'b', items: [{ id: 'a' }, { id: 'b' }] })
  })

  it('is known again when it comes twice', () => {
    expect(sameItems([a, b], [{ ...a }, { ...b }])).toBe(true)
    expect(sameItems([a, b], [b, a])).toBe(false)
  })
})

describe('the floor', () => {
  it('opens with the open floor, closes with the closing words and at the end, and is left alone in between', () => {
    const open = { ...EMPTY_FLOOR, open: true, version: 4 }
    expect(floorAt(EMPTY_FLOOR, item('x', 30, 'open_floor'))).toEqual({ ...EMPTY_FLOOR, open: true, version: 1 })
    expect(floorAt(open, item('x', 30, 'open_floor'))).toBeNull()
    expect(floorAt(open, item('x', 30, 'representatives'))).toBeNull()
    expect(floorAt(EMPTY_FLOOR, item('x', 30, 'briefing'))).toBeNull()
    expect(floorAt(open, item('x', 5, 'closing'))).toMatchObject({ open: false, version: 5 })
    expect(floorAt(open, null)).toMatchObject({ open: false })
  })
})
