import { expect, test } from 'vitest'
import { aStoredQuestion } from '../questions/fixtures.test-support.ts'
import { publicQuestion } from '../questions/rules.ts'
import { unnamed } from './erasing.ts'

const answered = (over: object) => aStoredQuestion({ state: 'answered', name: '李小明', pictureId: 'p', ...over })

test.each([
  ['as it was asked', '什么时候通公交？', '什么时候通公交？', '什么时候通公交？'],
  ['with a number masked', '请打 138****0000', '请打 13800000000', '请打 138****0000'],
  ['that a moderator corrected', '何时通公交？', '啥时候通公交？我是李小明', ''],
])('of an answered question %s, its public text stays, and whether it was corrected', (_name, text, originalText, left) => {
  const question = answered({ text, originalText })
  const after = unnamed(question)
  expect(after).toMatchObject({ text, originalText: left, name: null, pictureId: null, version: question.version + 1 })
  expect(publicQuestion(after).edited).toBe(publicQuestion(question).edited)
})
