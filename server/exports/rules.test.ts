import { expect, test } from 'vitest'
import type { Outcome } from '../../shared/outcomes.ts'
import { csvOf } from './csv.ts'
import { chosenLanguage, localTime, outcomeTable, videoTime } from './rules.ts'
import { wordsIn } from './words.ts'

const LIVE = '2026-11-22T01:30:00.000Z'
const session = { wentLiveAt: LIVE, guests: [], settings: { topics: [{ id: 't', name: '=cmd|校车' }] } }
const outcome = (over: Partial<Outcome> = {}): Outcome => ({
  number: 1,
  text: '校车几点发？',
  name: null,
  hidden: null,
  state: 'answered',
  votes: 3,
  submittedAt: LIVE,
  publicAt: LIVE,
  askedAt: '2026-11-22T01:31:05.000Z',
  answeredAt: '2026-11-22T02:31:05.000Z',
  answer: null,
  topicId: null,
  guestId: null,
  channel: 'web',
  forum: null,
  asked: 'during',
  follows: null,
  merged: 0,
  objections: 0,
  setAside: null,
  edited: false,
  reasonCode: null,
  reason: null,
  mergedInto: null,
  spots: [],
  ...over,
})
const csv = (outcomes: Outcome[], language: 'zh-CN' | 'en' = 'zh-CN') => csvOf(outcomeTable(session, outcomes, wordsIn(language)), wordsIn(language))
const lineOf = (text: string) => text.split('\r\n')

test('opens right in Excel: byte order mark, line ends of Windows, words of the reader', () => {
  const text = csv([outcome()])
  expect(text.startsWith('\uFEFF编号,去向,问题,')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  expect(lineOf(text)[1]).toMatch(/^1,已答复,校车几点发？,/)
  expect(csv([outcome()], 'en')).toMatch(/^\uFEFFNumber,Outcome,Question,/)
})

test('tells times as the county has them, and places in the recording', () => {
  expect(lineOf(csv([outcome()]))[1]).toMatch(/2026-11-22 09:30:00,2026-11-22 09:30:00,2026-11-22 09:31:05,2026-11-22 10:31:05,0:01:05,1:01:05$/)
  expect([localTime(null), videoTime(null, LIVE), videoTime(LIVE, null), videoTime('2026-11-22T01:00:00.000Z', LIVE)]).toEqual(['', '', '', ''])
})

test.each(['=1+1', '+86', '-2', '@SUM(A1)', '＝1', '＠x'])('what looks like a formula stays a text: %s', (text) => {
  expect(lineOf(csv([outcome({ text })]))[1]).toContain(`,'${text},`)
})

test('guards every column that somebody fills, and leaves figures alone', () => {
  const line = lineOf(csv([outcome({ name: '=A1', topicId: 't', reason: '-x', state: 'declined', reasonCode: 'other', setAside: { votes: 2, note: '@y' } })]))[1]
  for (const guarded of ["'=A1", "'=cmd|校车", "'-x", "'@y"]) expect(line).toContain(guarded)
  expect(line).toContain(',3,2,')
})

test('keeps commas, quotes and line breaks inside their cell', () => {
  expect(csv([outcome({ text: '一,"二"\n三' })])).toContain('"一,""二""\n三"')
})

test('says why a text is hidden in place of it', () => {
  expect(csv([outcome({ text: null, hidden: 'privacy', state: 'declined', reasonCode: 'privacy' })])).toContain('（文字依法不公开）')
  expect(csv([outcome({ text: null, hidden: 'not_reviewed', state: 'pending' })])).toContain('（尚未审核，暂不公开）')
})

test.each<['zh-CN' | 'en' | undefined, string | undefined, string]>([
  ['en', 'zh-CN', 'en'],
  [undefined, 'en-GB,en;q=0.9', 'en'],
  [undefined, 'fr, zh-TW;q=0.8', 'zh-CN'],
  [undefined, 'fr', 'zh-CN'],
  [undefined, undefined, 'zh-CN'],
])('asked for %s, with a browser that wants %s: %s', (asked, accept, language) => {
  expect(chosenLanguage(asked, accept)).toBe(language)
})

test('keeps a line break that stands alone inside its cell', () => {
  expect(csv([outcome({ text: '一\n二' })])).toContain('"一\n二"')
})

test('lists what was recorded on the spot, a line each', () => {
  const spot = { id: 's', number: 1, kind: 'promise' as const, questionId: 'q', handId: null, guestId: null, who: '周局长', departmentId: null, department: '县住建局', text: '开工', dueOn: '2026-12-01', at: LIVE, by: '小王', withdrawn: null, version: 1 }
  const text = csv([outcome({ spots: [spot, { ...spot, number: 2, kind: 'answer', dueOn: null, text: '', withdrawn: { reason: '记错了', at: LIVE } }] })])
  expect(text).toContain('"承诺 周局长 县住建局 2026-12-01 开工\n已答复 周局长 县住建局 （已撤回） 记错了"')
})
