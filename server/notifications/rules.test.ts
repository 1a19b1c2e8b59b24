import { describe, expect, it } from 'vitest'
import { QUESTION_ACTIONS } from '../../shared/rules/questionLifecycle.ts'
import { webhookEventSchema } from '../../shared/webhooks.ts'
import { aStoredQuestion } from '../questions/fixtures.test-support.ts'
import { questionEvent, webhookQuestion } from '../webhooks/rules.ts'
import { noticeOf, pushTexts, spotTexts } from './rules.ts'

const question = aStoredQuestion({
  sessionId: 'abcdef1234',
  number: 12,
  personId: 'the person',
  asker: 'pseudonym',
  receipt: 'AAAA-BBBB-CCCC',
  salt: 'the salt',
  text: '石矿什么时候复绿？',
  originalText: '石矿什么时候复绿？电话 13800138000',
  name: '东溪村民',
  state: 'asking',
  votes: 3,
  publicAt: '2026-11-22T01:31:00.000Z',
  askedAt: '2026-11-22T01:32:00.000Z',
  notes: [{ id: 'n', text: '内部备注', by: 'host', at: '2026-11-22T01:30:00.000Z' }],
  version: 3,
})

describe('what a webhook is told of a question', () => {
  it('never says whose it is, what is between moderators, or how it was written', () => {
    const told = JSON.stringify(webhookQuestion(question))
    for (const secret of ['the person', 'pseudonym', 'AAAA-BBBB-CCCC', 'the salt', '13800138000', '内部备注']) expect(told).not.toContain(secret)
    expect(told).toContain('石矿什么时候复绿？')
  })

  it.each(['pending', 'declined', 'merged', 'withdrawn'] as const)('says none of its words while it is %s', (state) => {
    expect(webhookQuestion({ ...question, state })).toMatchObject({ text: null, name: null, answer: null, state })
  })

  it('has an event for every kind that can be subscribed to', () => {
    const told = new Set([...QUESTION_ACTIONS, 'submit' as const, 'object' as const].map(questionEvent).filter((event) => event !== null))
    expect([...told].sort()).toEqual(webhookEventSchema.options.filter((event) => event.startsWith('question.')).sort())
  })
})

describe('what askers and voters are told of', () => {
  it('each outcome once', () => {
    expect(noticeOf('air', 'approved', 'asking')).toBe('aired')
    expect(noticeOf('answer', 'asking', 'answered')).toBe('answered')
    expect(noticeOf('reply', 'approved', 'answered')).toBe('answered')
    expect(noticeOf('reply', 'answered', 'answered')).toBeNull()
    expect(noticeOf('reply', 'asking', 'asking')).toBeNull()
    expect(noticeOf('merge', 'pending', 'merged')).toBe('merged')
    expect(noticeOf('decline', 'pending', 'declined')).toBe('declined')
    for (const quiet of ['submit', 'approve', 'edit', 'label', 'withdraw', 'take_back', 'split'] as const) expect(noticeOf(quiet, 'pending', 'pending')).toBeNull()
  })

  it('in both languages, with the words of public questions only, cut short', () => {
    expect(pushTexts('aired', question, '在线访谈')).toEqual({
      'zh-CN': { title: '在线访谈', body: '第 12 号提问正在回答：石矿什么时候复绿？' },
      en: { title: '在线访谈', body: 'Question 12 is being answered now: 石矿什么时候复绿？' },
    })
    expect(pushTexts('merged', { ...question, mergedIntoNumber: 3 }, '')['zh-CN'].body).toBe('第 12 号提问并入了第 3 号，会一起回答。')
    expect(pushTexts('declined', { ...question, state: 'declined' }, '').en.body).not.toContain('石矿')
    expect(pushTexts('answered', { ...question, text: '长'.repeat(200) }, '')['zh-CN'].body).toHaveLength('第 12 号提问已经答复：'.length + 61)
  })
})

it('tells of promises and tasks who and until when; of an answer its own state tells', () => {
  expect(spotTexts({ kind: 'promise', who: '周局长', dueOn: '2026-12-01' }, 3, '访谈')).toEqual({
    'zh-CN': { title: '访谈', body: '第 3 号提问有了承诺：周局长，12月1日前。' },
    en: { title: '访谈', body: 'On question 3 a promise was made: 周局长, by 1 December.' },
  })
  expect(spotTexts({ kind: 'task', who: '周局长', dueOn: '2026-12-01' }, 3, '访谈')?.['zh-CN'].body).toContain('现场领办')
  expect(spotTexts({ kind: 'answer', who: '周局长', dueOn: null }, 3, '访谈')).toBeNull()
})
