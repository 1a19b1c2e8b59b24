import { describe, expect, it } from 'vitest'
import { takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import { DEFAULT_SETTINGS, phaseSchema } from '../../shared/sessions.ts'
import type { SessionView } from '../../shared/sessions.ts'
import { NOW, session } from '../sessions/fixtures.test-support.ts'
import { askingClosed, askingState, measure } from './asking.ts'

const now = Date.parse(NOW)
const after = (seconds: number) => now + seconds * 1_000
const at = (phase: SessionView['phase'], settings: Partial<SessionView['settings']> = {}, more: Partial<SessionView> = {}): SessionView => ({ ...session, phase, settings: { ...DEFAULT_SETTINGS, ...settings }, ...more })

describe('askingClosed', () => {
  const cases = phaseSchema.options.flatMap((phase) => [true, false].flatMap((askBefore) => [0, 60].map((lateMinutes) => ({ phase, askBefore, lateMinutes }))))
  it.each(cases)('agrees with the lifecycle: %o', ({ phase, ...settings }) => {
    const view = at(phase, settings, { endedAt: NOW })
    for (const moment of [after(1), after(3_599), after(3_600)]) expect(askingClosed(view, moment) === null).toBe(takesQuestions(view, moment))
  })

  it('tells what is yet to come from what is over', () => {
    expect(askingClosed(at('announced', { askBefore: false }), now)).toBe('later')
    expect(askingClosed(at('archived', {}, { endedAt: NOW }), now)).toBe('over')
    expect(askingClosed(at('cancelled'), now)).toBe('cancelled')
  })
})

describe('askingState', () => {
  const notice = { by: 'host', reason: '正在核对', at: NOW }

  it('says who paused, and nothing of who opened again', () => {
    expect(askingState(at('live', {}, { intake: { paused: true, slowSeconds: 0, notice, chat: null, cut: null } }), null, now)).toMatchObject({ closed: null, paused: true, notice })
    const cut = { ...notice, reason: '画面出错', before: { paused: false, chatEnabled: true } }
    expect(askingState(at('live', {}, { intake: { paused: true, slowSeconds: 0, notice, chat: null, cut } }), null, now)).toMatchObject({ paused: true, notice: cut })
    expect(askingState(at('live', {}, { intake: { paused: false, slowSeconds: 0, notice, chat: null, cut: null } }), null, now).notice).toBeNull()
  })

  it('counts what is left of the wait from the last question on', () => {
    const slow = at('live', {}, { intake: { paused: false, slowSeconds: 60, notice, chat: null, cut: null } })
    expect(askingState(slow, null, now).wait).toBe(0)
    expect(askingState(slow, NOW, after(0)).wait).toBe(60)
    expect(askingState(slow, NOW, after(59.5)).wait).toBe(1)
    expect(askingState(slow, NOW, after(61)).wait).toBe(0)
  })

  it('knows until when late questions are taken', () => {
    const ended = at('ended', { lateMinutes: 60 }, { endedAt: NOW })
    expect(askingState(ended, null, after(10)).lateUntil).toBe(after(3_600))
    expect(askingState(ended, null, after(3_600))).toMatchObject({ closed: 'over', lateUntil: null })
  })
})

describe('measure', () => {
  it('counts as a reader does, without what is trimmed away', () => {
    expect(measure('  违章建筑 \n')).toMatchObject({ used: 4, empty: false, over: false })
    expect(measure('👨‍👩‍👧é')).toMatchObject({ used: 2 })
    expect(measure(' \u200b\n ')).toMatchObject({ used: 0, empty: true })
  })

  it('warns before the limit and refuses only beyond it', () => {
    expect(measure('字'.repeat(449))).toMatchObject({ near: false, over: false })
    expect(measure('字'.repeat(450))).toMatchObject({ near: true, over: false })
    expect(measure('字'.repeat(500))).toMatchObject({ near: true, over: false })
    expect(measure('字'.repeat(501))).toMatchObject({ near: true, over: true })
  })
})
