import { describe, expect, test } from 'vitest'
import { phaseSchema } from '../sessions.ts'
import type { Phase } from '../sessions.ts'
import { PHASE_ACTIONS, PHASE_STEPS, askedIn, cutTo, lateUntil, phaseStep, takesChat, takesMedia, takesQuestions } from './sessionLifecycle.ts'
import type { PhaseAction } from './sessionLifecycle.ts'

/** `!`: cannot be taken back. */
const LIFE: Record<Phase, Partial<Record<PhaseAction, `${Phase}${'' | '!'}`>>> = {
  announced: { open_backstage: 'backstage', cancel: 'cancelled!' },
  backstage: { close_backstage: 'announced', start: 'live!', cancel: 'cancelled!' },
  live: { pause: 'paused', end: 'ended!' },
  paused: { resume: 'live', end: 'ended!' },
  ended: { archive: 'archived!' },
  archived: {},
  cancelled: {},
}
const PHASES = phaseSchema.options

describe.each(PHASES)('from %s', (from) => {
  test.each(PHASE_ACTIONS)('%s', (action) => {
    const step = phaseStep(from, action)
    expect(step && `${step.to}${step.final ? '!' : ''}`).toBe(LIFE[from][action] ?? null)
    if (step) expect(step.role).toBe('host')
  })
})

test('the table has each step once', () => {
  expect(new Set(PHASE_STEPS.map(({ from, action }) => `${from} ${action}`)).size).toBe(PHASE_STEPS.length)
})

test('what is final has no way back', () => {
  const reachable = (from: Phase): Set<Phase> => {
    const seen = new Set<Phase>([from])
    for (const phase of seen) for (const step of PHASE_STEPS) if (step.from === phase) seen.add(step.to)
    return seen
  }
  for (const { from, to, final } of PHASE_STEPS) if (final) expect(reachable(to).has(from)).toBe(false)
})

test('what is on air can be cut off, and goes on by the step that ends a pause', () => {
  expect(Object.fromEntries(PHASES.flatMap((phase) => cutTo(phase) ?? []).map((to) => [to, true]))).toEqual({ paused: true })
  expect(PHASES.filter((phase) => cutTo(phase) !== null)).toEqual(['live', 'paused'])
  expect(phaseStep('paused', 'resume')?.to).toBe('live')
})

const END = '2026-11-22T03:00:00.000Z'
const taking = (phase: Phase, settings: { askBefore: boolean; lateMinutes: number }) => ({ phase, endedAt: END, settings })

test('questions are taken on air, before it when the host says so, and after it for as long as the host says', () => {
  const after = (minutes: number) => Date.parse(END) + minutes * 60_000
  const takenIn = (settings: { askBefore: boolean; lateMinutes: number }, now: number) => PHASES.filter((phase) => takesQuestions(taking(phase, settings), now))
  expect(takenIn({ askBefore: true, lateMinutes: 0 }, after(0))).toEqual(['announced', 'backstage', 'live', 'paused'])
  expect(takenIn({ askBefore: false, lateMinutes: 0 }, after(0))).toEqual(['live', 'paused'])
  expect(takenIn({ askBefore: false, lateMinutes: 30 }, after(30) - 1)).toEqual(['live', 'paused', 'ended'])
  expect(takenIn({ askBefore: false, lateMinutes: 30 }, after(30))).toEqual(['live', 'paused'])
  expect(lateUntil(taking('ended', { askBefore: true, lateMinutes: 30 }))).toBe(after(30))
  expect(lateUntil({ endedAt: null, settings: { lateMinutes: 30 } })).toBeNull()
})

test('a question was asked before, during or after', () => {
  expect(Object.fromEntries(PHASES.map((phase) => [phase, askedIn(phase)]))).toEqual({
    announced: 'before',
    backstage: 'before',
    live: 'during',
    paused: 'during',
    ended: 'after',
    archived: 'after',
    cancelled: 'after',
  })
})

test('chat ends with the session, and is open only when it is switched on', () => {
  expect(PHASES.filter((phase) => takesChat(phase, { chatEnabled: true }))).toEqual(['announced', 'backstage', 'live', 'paused'])
  expect(PHASES.filter((phase) => takesChat(phase, { chatEnabled: false }))).toEqual([])
})

test('cameras are connected from the green room to the end', () => {
  expect(PHASES.filter(takesMedia)).toEqual(['backstage', 'live', 'paused'])
})
