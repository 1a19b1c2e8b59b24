import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../shared/sessions.ts'
import { chipsOf } from './chips.ts'
import { aQuestion } from './testing.ts'

const session = { guests: [{ id: 'g1', name: '周启明', post: '', department: '', pictureId: null }], settings: { ...DEFAULT_SETTINGS, topics: [{ id: 't1', name: '交通' }] } }

it('puts what asks for attention first', () => {
  const question = aQuestion({ held: ['sensitive_word'], topicId: 't1', guestId: 'g1', channel: 'phone', forum: { id: 'f1', name: '青湾论坛' }, merged: 3, notes: [{ id: 'n', text: '核实', by: '王', at: '' }], objections: 2 })
  expect(chipsOf(question, session, true, 'topic').map(({ kind }) => kind)).toEqual(['held', 'flagged', 'objections', 'why', 'topic', 'guest', 'channel', 'forum', 'merged', 'notes'])
})

it('says nothing about a plain question, nor of a topic that is no more', () => {
  expect(chipsOf(aQuestion(), session, false, 'votes')).toEqual([])
  expect(chipsOf(aQuestion({ topicId: 'gone', guestId: 'gone' }), session, false, null)).toEqual([])
})
