import { expect, it } from 'vitest'
import type { QuestionFate, QuestionState } from '../../../shared/questions.ts'
import { answered, headline } from './story.ts'

const question = (state: QuestionState, id = 'a') => ({ id, number: 3, text: '', state, askedAt: null, answeredAt: null }) as unknown as QuestionFate['question']
const root = (state: QuestionState, seen = true): QuestionFate['root'] => ({ question: seen ? (question(state, 'root')) : null, number: 1, state, reasonCode: null, reason: null, steps: [] })

it.each<[QuestionState, QuestionState | null, string]>([
  ['approved', null, 'approved'],
  ['merged', null, 'merged'],
  ['merged', 'approved', 'merged'],
  ['merged', 'answered', 'merged_answered'],
  ['merged', 'asking', 'merged_asking'],
  ['merged', 'declined', 'merged_declined'],
])('%s, standing for it %s: %s', (state, standing, key) => {
  expect(headline({ question: question(state), root: standing && root(standing) })).toBe(key)
})

it('finds the answer where it was given', () => {
  expect(answered({ question: question('answered'), root: null })?.id).toBe('a')
  expect(answered({ question: question('merged'), root: root('answered') })?.id).toBe('root')
  expect(answered({ question: question('merged'), root: root('declined', false) })).toBeNull()
  expect(answered({ question: question('approved'), root: null })).toBeNull()
})
