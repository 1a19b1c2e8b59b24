import { expect, it } from 'vitest'
import { EMPTY_AGENDA } from '../../shared/agenda.ts'
import type { AgendaItem } from '../../shared/agenda.ts'
import { question } from '../sessions/fixtures.test-support.ts'
import { agendaLines } from './lines.ts'

const START = '2026-11-22T01:30:00.000Z'
const item = (id: string, minutes: number, questionIds: string[] = []): AgendaItem => ({ id, kind: 'other', title: id, minutes, speakers: [], questionIds })

it('says of each part when it is planned, when it began last, and which of its questions are public', () => {
  const known = question(1, { id: 'q1' })
  const runs = [
    { itemId: 'a', startedAt: '2026-11-22T01:31:00.000Z', endedAt: '2026-11-22T01:40:00.000Z', minutes: 15 },
    { itemId: 'a', startedAt: '2026-11-22T01:45:00.000Z', endedAt: null, minutes: 15 },
  ]
  const lines = agendaLines({ ...EMPTY_AGENDA, items: [item('a', 15, ['gone', 'q1']), item('b', 30)], current: 'a', runs }, START, new Map([['q1', known]]))
  const start = Date.parse(START)
  expect(lines).toMatchObject([
    { standing: 'on', from: start, to: start + 15 * 60_000, began: '2026-11-22T01:45:00.000Z', questions: [known] },
    { standing: 'ahead', from: start + 15 * 60_000, to: start + 45 * 60_000, began: null, questions: [] },
  ])
})
