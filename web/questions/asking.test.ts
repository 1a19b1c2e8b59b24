import { describe, expect, it } from 'vitest'
import { phaseSchema } from '../../shared/sessions.ts'
import { takesQuestions } from '../../shared/rules/sessionLifecycle.ts'
import { askingClosed, measure } from './asking.ts'

describe('askingClosed', () => {
  it.each(phaseSchema.options.flatMap((phase) => [true, false].map((askBefore) => ({ phase, askBefore }))))('agrees with the lifecycle: %o', ({ phase, askBefore }) => {
    expect(askingClosed(phase, { askBefore }) === null).toBe(takesQuestions(phase, { askBefore }))
  })

  it('tells what is yet to come from what is over', () => {
    expect(askingClosed('announced', { askBefore: false })).toBe('later')
    expect(askingClosed('archived', { askBefore: true })).toBe('over')
    expect(askingClosed('cancelled', { askBefore: true })).toBe('cancelled')
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
