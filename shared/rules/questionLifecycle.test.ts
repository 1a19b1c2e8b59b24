import { describe, expect, test } from 'vitest'
import { roleSchema } from '../accounts.ts'
import { questionActSchema, questionStateSchema } from '../questions.ts'
import type { QuestionAction, QuestionState } from '../questions.ts'
import type { Relation } from './permissions.ts'
import { QUESTION_ACTIONS, QUESTION_STEPS, isPublic, questionStep, takesMerges, takesObjections, takesVotes } from './questionLifecycle.ts'

/** The life of a question a second time, as the desk is explained to people: a change of the table must be meant. Two states: for one that was public, and one that was not. */
const LIFE: Record<QuestionState, Partial<Record<QuestionAction, QuestionState | { public: QuestionState; other: QuestionState }>>> = {
  pending: { approve: 'approved', decline: 'declined', edit: 'pending', revise: 'pending', merge: 'merged', label: 'pending', assign: 'pending', withdraw: 'withdrawn' },
  approved: { air: 'asking', reply: 'answered', decline: 'declined', edit: 'approved', merge: 'merged', label: 'approved', assign: 'approved', take_back: 'pending', withdraw: 'withdrawn' },
  asking: { answer: 'answered', reply: 'asking', time: 'asking', edit: 'asking', label: 'asking', assign: 'asking', take_back: 'approved', withdraw: 'withdrawn' },
  answered: { reply: 'answered', label: 'answered', take_back: 'approved', withdraw: 'withdrawn' },
  declined: { take_back: 'pending', withdraw: 'withdrawn' },
  merged: { split: { public: 'approved', other: 'pending' }, withdraw: 'withdrawn' },
  withdrawn: {},
}
const MODERATORS: Relation[] = ['host', 'moderator', 'admin']
const WHO: Record<QuestionAction, Relation[]> = {
  approve: MODERATORS,
  decline: MODERATORS,
  edit: MODERATORS,
  merge: MODERATORS,
  split: MODERATORS,
  label: MODERATORS,
  assign: MODERATORS,
  take_back: MODERATORS,
  air: ['host', 'admin'],
  time: ['host', 'admin'],
  answer: ['host', 'admin'],
  reply: ['host', 'guest', 'admin'],
  revise: ['asker'],
  withdraw: ['asker'],
}
const STATES = questionStateSchema.options
const RELATIONS: Relation[] = [...roleSchema.options, 'asker']

describe.each(STATES)('from %s', (from) => {
  test.each(QUESTION_ACTIONS)('%s leads where it should, for whom it should', (action) => {
    const to = LIFE[from][action]
    for (const wasPublic of [true, false]) {
      const step = questionStep(from, action, wasPublic)
      expect(step?.to).toBe(typeof to === 'object' ? to[wasPublic ? 'public' : 'other'] : to)
      for (const relation of RELATIONS) expect(step?.roles.includes(relation) ?? false).toBe(to !== undefined && WHO[action].includes(relation))
    }
  })
})

test('the table has each step once and no others', () => {
  const steps = QUESTION_STEPS.map(({ from, action, wasPublic }) => `${from} ${action} ${wasPublic ?? ''}`)
  expect(new Set(steps).size).toBe(steps.length)
  expect(steps).toHaveLength(Object.values(LIFE).flatMap((actions) => Object.values(actions)).reduce((sum, to) => sum + (typeof to === 'object' ? 2 : 1), 0))
})

test('the actions are those that can be asked for', () => {
  expect(new Set(questionActSchema.options.map((option) => option.shape.action.value))).toEqual(new Set(QUESTION_ACTIONS))
})

test('what is withdrawn stays so', () => {
  for (const action of QUESTION_ACTIONS) expect(questionStep('withdrawn', action)).toBeNull()
})

test('the asker may withdraw from wherever it is', () => {
  for (const from of STATES) if (from !== 'withdrawn') expect(questionStep(from, 'withdraw')?.to).toBe('withdrawn')
})

test('what was decided can be taken back: an approval, a refusal, an answer, a merge', () => {
  expect(['approved', 'declined', 'asking', 'answered'].map((from) => questionStep(from as QuestionState, 'take_back')?.to)).toEqual(['pending', 'pending', 'approved', 'approved'])
  for (const { from, action } of QUESTION_STEPS) if (action === 'merge') expect(questionStep('merged', 'split', isPublic(from))?.to).toBe(from)
})

test('the public sees a question from its approval on, and votes until it is asked', () => {
  expect(STATES.filter(isPublic)).toEqual(['approved', 'asking', 'answered'])
  expect(STATES.filter(takesVotes)).toEqual(['approved'])
  expect(STATES.filter(takesMerges)).toEqual(['pending', 'approved', 'asking', 'answered'])
  expect(STATES.filter(takesObjections)).toEqual(['answered'])
})
