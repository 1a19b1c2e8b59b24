import { expect, it } from 'vitest'
import type { Phase, SessionSummary } from '../../../shared/sessions.ts'
import { arrange } from './schedule.ts'

const summary = (id: string, phase: Phase, startsAt: string): SessionSummary => ({
  id, phase, startsAt, kind: 'interview', title: id, topic: '', plannedMinutes: 60, guests: [], endedAt: null, askBefore: true, questions: 0, answered: 0,
})
const ids = (sessions: SessionSummary[]) => sessions.map(({ id }) => id)

it('puts what comes next first, and what is over latest first', () => {
  const schedule = arrange([
    summary('later', 'announced', '2026-12-02T00:00:00.000Z'),
    summary('old', 'archived', '2026-01-01T00:00:00.000Z'),
    summary('soon', 'backstage', '2026-12-01T00:00:00.000Z'),
    summary('now', 'live', '2026-11-22T01:00:00.000Z'),
    summary('break', 'paused', '2026-11-22T02:00:00.000Z'),
    summary('called off', 'cancelled', '2026-11-30T00:00:00.000Z'),
    summary('recent', 'ended', '2026-11-20T00:00:00.000Z'),
  ])
  expect(ids(schedule.live)).toEqual(['now', 'break'])
  expect(ids(schedule.upcoming)).toEqual(['soon', 'later'])
  expect(ids(schedule.past)).toEqual(['called off', 'recent', 'old'])
})
