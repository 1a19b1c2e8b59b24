import { describe, expect, it } from 'vitest'
import type { OwnQuestion } from '../../shared/questions.ts'
import { own, question } from '../sessions/fixtures.test-support.ts'
import { concerns, mayObject, standsFor } from './concern.ts'

const none: ReadonlySet<string> = new Set()
const [root, mine] = [question(1, { state: 'answered' }), own(2)]
const merged: OwnQuestion = { ...mine, state: 'merged', mergedInto: { id: root.id, number: 1 } }
const having = (...questions: OwnQuestion[]) => new Map(questions.map((one) => [one.id, one]))

describe('a question concerns', () => {
  it('its asker and its voters', () => {
    expect(concerns(mine.id, having(mine), none)).toBe(true)
    expect(concerns(root.id, having(mine), none)).toBe(false)
    expect(concerns(root.id, having(), new Set([root.id]))).toBe(true)
  })

  it('those whose question was merged into it, while it is', () => {
    expect(concerns(root.id, having(merged), none)).toBe(true)
    expect(concerns(root.id, having({ ...merged, state: 'withdrawn' }), none)).toBe(false)
  })
})

it('only an answer can fail to answer', () => {
  expect(mayObject(root, having(merged), none)).toBe(true)
  expect(mayObject({ ...root, state: 'asking' }, having(merged), none)).toBe(false)
})

describe('what stands for one’s own question', () => {
  const all = new Map([[root.id, root]])
  it('is itself until it is merged', () => expect(standsFor(mine, all)).toBe(mine))
  it('is the other one then, where that is public', () => {
    expect(standsFor(merged, all)).toBe(root)
    expect(standsFor(merged, new Map())).toBeNull()
  })
})
