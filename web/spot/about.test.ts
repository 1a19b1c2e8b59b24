import { expect, test } from 'vitest'
import { NOW, joined, own, question } from '../sessions/fixtures.test-support.ts'
import { applyEvent, applyJoined } from '../sessions/reduce.ts'
import { aboutOf } from './about.ts'

const shown = question(1)
const mine = own(2, { state: 'declined' })
const state = applyJoined(null, joined(1, { questions: [shown], own: [mine] }), () => Date.parse(NOW))!
const about = (questionId: string | null, handId: string | null = null, of = state) => aboutOf({ questionId, handId }, of)

test('names a question that is public, and one of the reader’s own that is not', () => {
  expect(about(shown.id)).toEqual({ kind: 'about', number: 1, question: { id: shown.id, number: 1 } })
  expect(about(mine.id)).toEqual({ kind: 'about', number: 2, question: null })
})

test('knows the number of one that left while the page was open, and of others nothing', () => {
  const after = applyEvent(state, { type: 'question_hidden', id: shown.id, number: 1, state: 'declined', reasonCode: 'privacy', mergedInto: null })
  expect(about(shown.id, null, after)).toEqual({ kind: 'about', number: 1, question: null })
  expect(about('elsewhere')).toMatchObject({ kind: 'gone', question: null })
})

test('is about the session where it is about nothing else', () => {
  expect(about(null)).toMatchObject({ kind: 'whole' })
  expect(about(null, 'lowered')).toMatchObject({ kind: 'whole' })
})
