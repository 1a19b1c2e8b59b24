import { describe, expect, test } from 'vitest'
import { roleSchema } from '../accounts.ts'
import { questionActSchema, questionStateSchema } from '../questions.ts'
import type { QuestionAction, QuestionState } from '../questions.ts'
import type { Relation } from './permissions.ts'
import { QUESTION_ACTIONS, QUESTION_STEPS, isPublic, questionStep, takesVotes } from './questionLifecycle.ts'

/** The life of a question a second time, as the desk is explained to people: a change of the table must be meant. */
const LIFE: Record<QuestionState, Partial<Record<QuestionAction, QuestionState>>> = {
  pending: { approve: 'approved', decline: 'declined', edit: 'pending', withdraw: 'withdrawn' },
  approved: { air: 'asking', decline: 'declined', edit: 'approved', take_back: 'pending', withdraw: 'withdrawn' },
  asking: { answer: 'answered', edit: 'asking', take_back: 'approved' },
  answered: { take_back: 'approved' },
  declined: { take_back: 'pending' },
  merged: {},
  withdrawn: {},
}
const WHO: Record<QuestionAction, Relation[]> = {
  approve: ['host', 'moderator'],
  decline: ['host', 'moderator'],
  edit: ['host', 'moderator'],
  take_back: ['host', 'moderator'],
  air: ['host'],
  answer: ['host'],
  withdraw: ['asker'],
}
const STATES = questionStateSchema.options
const RELATIONS: Relation[] = [...roleSchema.options, 'asker']

describe.each(STATES)('from %s', (from) => {
  test.each(QUESTION_ACTIONS)('%s leads where it should, for whom it should', (action) => {
    const step = questionStep(from, action)
    expect(step?.to).toBe(LIFE[from][action])
    for (const relation of RELATIONS) expect(step?.roles.includes(relation) ?? false).toBe(LIFE[from][action] !== undefined && WHO[action].includes(relation))
  })
})

test('the table has each step once and no others', () => {
  const steps = QUESTION_STEPS.map(({ from, action }) => `${from} ${action}`)
  expect(new Set(steps).size).toBe(steps.length)
  expect(steps).toHaveLength(Object.values(LIFE).flatMap((actions) => Object.keys(actions)).length)
})

test('the actions are those that can be asked for', () => {
  expect(new Set(questionActSchema.options.map((option) => option.shape.action.value))).toEqual(new Set(QUESTION_ACTIONS))
})

test('what is withdrawn or merged stays so', () => {
  for (const action of QUESTION_ACTIONS) for (const from of ['withdrawn', 'merged'] as const) expect(questionStep(from, action)).toBeNull()
})

test('the public sees a question from its approval on, and votes until it is asked', () => {
  expect(STATES.filter(isPublic)).toEqual(['approved', 'asking', 'answered'])
  expect(STATES.filter(takesVotes)).toEqual(['approved'])
})
