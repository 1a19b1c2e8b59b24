import { describe, expect, it } from 'vitest'
import type { RuleVerdict } from '../../shared/rules/selection.ts'
import { keptWhole } from './promise.ts'

const verdict = (top: boolean | null | undefined, topics: boolean | null | undefined): RuleVerdict => ({
  rule: { top: 5, perTopic: 1, correctEarly: false },
  top: top === undefined ? null : { kept: top, items: [] },
  topics: topics === undefined ? null : { kept: topics, items: [] },
})

describe('a promise', () => {
  it('is kept when every part is', () => expect(keptWhole(verdict(true, true))).toBe(true))
  it('is broken when one part is', () => expect(keptWhole(verdict(true, false))).toBe(false))
  it('is open while one part is', () => expect(keptWhole(verdict(null, true))).toBeNull())
  it('without parts to be judged is never decided', () => expect(keptWhole(verdict(undefined, undefined))).toBeNull())
})
