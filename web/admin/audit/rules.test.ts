import { describe, expect, it } from 'vitest'
import { AUDIT_ACTIONS } from '../../../shared/administration.ts'
import type { MessageTree } from '../../i18n/merge.ts'
import { NO_FILTER, detailText, queryOf } from './rules.ts'
import type { AuditWords } from './rules.ts'
import texts from './texts.ts'

function wordsOf(tree: MessageTree): AuditWords {
  return {
    find(name) {
      const found = name.split('.').reduce<string | MessageTree | undefined>((at, step) => (typeof at === 'object' ? at[step] : undefined), tree)
      return typeof found === 'string' ? found : null
    },
    role: (name) => (name === 'host' ? '主持人' : null),
    time: () => '11月22日',
  }
}
const words = wordsOf(texts['zh-CN'])

describe('the query', () => {
  it('leaves out what is not asked for', () => expect(queryOf(NO_FILTER)).toBe(''))
  it('has what is', () => expect(queryOf({ ...NO_FILTER, action: 'look_up', actor: ' 周建国 ', from: '2026-11-01' }, { before: 'x' })).toBe('?action=look_up&actor=%E5%91%A8%E5%BB%BA%E5%9B%BD&from=2026-11-01&before=x'))
})

it.each(['zh-CN', 'en'] as const)('says every act in words in %s', (locale) => {
  expect(Object.keys(texts[locale].action).toSorted()).toEqual(AUDIT_ACTIONS.toSorted())
})

it('says facts in words', () => {
  const said = detailText({ action: 'department', detail: { step: 'archive', verified: true, role: 'host', until: '2026-11-22T01:00:00.000Z', changed: 'post role', empty: '', nothing: null, votes: 3, new_fact: 'as it is' } }, words)
  expect(said.map(({ name, value }) => `${name}：${value}`)).toEqual(['操作：停用', '实名账号：是', '角色：主持人', '期限：11月22日', '改动：职务、角色', 'votes：3', 'new_fact：as it is'])
})

it('repeats what people typed as it is', () => {
  expect(detailText({ action: 'look_up', detail: { reason: '有人举报 value.step.create' } }, words)).toEqual([{ key: 'reason', name: '原因', value: '有人举报 value.step.create' }])
})

it('names the same fact as the act means it', () => {
  const by = (action: 'sign_in' | 'invitation_accepted', name: string) => detailText({ action, detail: { by: name } }, words).map(({ name: key, value }) => `${key}：${value}`)
  expect([by('sign_in', 'recovery'), by('invitation_accepted', 'host'), by('invitation_accepted', '周建国')]).toEqual([['方式：备用码'], ['邀请人：主持人'], ['邀请人：周建国']])
})
