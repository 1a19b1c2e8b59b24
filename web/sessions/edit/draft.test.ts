import { describe, expect, it } from 'vitest'
import { session } from '../fixtures.test-support.ts'
import { FIRST_RULE, differences, draftOf, draftSchema, emptyDraft, emptyGuest, merge, toCreate, toEdit } from './draft.ts'
import type { Draft } from './draft.ts'

const base = draftOf(session)
const changed = (more: Partial<Draft>): Draft => ({ ...base, ...more })

describe('a draft', () => {
  it('begins on a full hour a day ahead', () => {
    expect(emptyDraft(Date.parse('2026-11-22T01:12:00.000Z')).startsAt).toBe('2026-11-23T10:00')
  })

  it('goes back as it came', () => {
    const edit = toEdit(base, 3)
    expect(edit).toEqual({ ok: true, input: { expectedVersion: 3, kind: 'interview', title: session.title, topic: '', introduction: '', startsAt: session.startsAt, plannedMinutes: 60, guests: [], settings: session.settings } })
  })

  it('keeps its kind, and is an interview where a page of before there were symposiums has kept it', () => {
    expect(toEdit(changed({ kind: 'symposium' }), 0)).toMatchObject({ ok: true, input: { kind: 'symposium' } })
    expect(differences(base, changed({ kind: 'symposium' }))).toEqual(['kind'])
    const { kind: _kind, ...before } = base
    expect(draftSchema.parse(before).kind).toBe('interview')
  })

  it('says where it does not fit', () => {
    const draft = changed({ title: ' ', startsAt: '', plannedMinutes: '', guests: [emptyGuest('00000000-0000-4000-8000-000000000001')] })
    const result = toCreate(draft, 'demo000001')
    expect(result.ok ? null : result.issues).toEqual({ title: 'too_short', startsAt: 'invalid_type', plannedMinutes: 'invalid_type', 'guests.0.name': 'too_short' })
  })

  it('takes numbers as they are typed', () => {
    expect(toEdit(changed({ plannedMinutes: '90' }), 0)).toMatchObject({ ok: true, input: { plannedMinutes: 90 } })
    expect(toEdit(changed({ plannedMinutes: '3' }), 0)).toEqual({ ok: false, issues: { plannedMinutes: 'too_small' } })
    expect(differences(base, changed({ plannedMinutes: '60' }))).toEqual([])
  })
})

describe('the settings of a draft', () => {
  const withSettings = (more: Partial<Draft['settings']>) => changed({ settings: { ...base.settings, ...more } })
  const TOPIC = '00000000-0000-4000-8000-0000000000a1'

  it('are whole in a draft that a page of before topics, rules and identities has kept', () => {
    const { topics: _topics, rule: _rule, lateMinutes: _late, answerSeconds: _answer, identity: _identity, ...before } = base.settings
    const { departmentId: _department, spokesperson: _spokesperson, ...guest } = emptyGuest('00000000-0000-4000-8000-000000000001')
    expect(draftSchema.parse({ ...base, guests: [guest], settings: before })).toEqual({ ...base, guests: [emptyGuest(guest.id)] })
  })

  it('tell who may take part', () => {
    expect(toEdit(withSettings({ identity: 'phone' }), 0)).toMatchObject({ ok: true, input: { settings: { identity: 'phone' } } })
    expect(differences(base, withSettings({ identity: 'phone' }))).toEqual(['identity'])
  })

  it('take the numbers of a promise as they are typed', () => {
    const rule = { top: '5', perTopic: '', correctEarly: true }
    expect(toEdit(withSettings({ rule }), 0)).toEqual({ ok: false, issues: { 'settings.rule.perTopic': 'invalid_type' } })
    expect(toEdit(withSettings({ rule: { ...rule, perTopic: '0' }, lateMinutes: '60', answerSeconds: '180' }), 0)).toMatchObject({
      ok: true,
      input: { settings: { rule: { top: 5, perTopic: 0, correctEarly: true }, lateMinutes: 60, answerSeconds: 180 } },
    })
  })

  it('say which topic has no name, and which number is too large', () => {
    expect(toEdit(withSettings({ topics: [{ id: TOPIC, name: ' ' }], lateMinutes: '20000' }), 0)).toEqual({ ok: false, issues: { 'settings.topics.0.name': 'too_short', 'settings.lateMinutes': 'too_big' } })
  })

  it('bring the chat as it will be after a cut, so that saving the title does not switch it off for good', () => {
    const settings = { ...session.settings, chatEnabled: true }
    const cut = { by: 'host', reason: '', at: session.createdAt, before: { paused: false, chatEnabled: true } }
    const off = { ...session, settings: { ...settings, chatEnabled: false }, intake: { ...session.intake, paused: true, cut } }
    expect(draftOf(off).settings.chatEnabled).toBe(true)
    expect(merge(draftOf({ ...session, settings }), draftOf({ ...session, settings }), draftOf(off))).toMatchObject({ taken: [], conflicts: [] })
  })

  it('merge one by one: their topics, my promise', () => {
    const mine = withSettings({ rule: FIRST_RULE })
    const theirs = withSettings({ topics: [{ id: TOPIC, name: '住房' }], lateMinutes: 30 })
    const result = merge(base, mine, theirs)
    expect(result).toMatchObject({ taken: ['topics', 'lateMinutes'], conflicts: [] })
    expect(result.draft.settings).toEqual({ ...base.settings, topics: [{ id: TOPIC, name: '住房' }], rule: FIRST_RULE, lateMinutes: 30 })
  })

  it('conflict where both changed the topics, and mine stay', () => {
    const mine = withSettings({ topics: [{ id: TOPIC, name: '住房' }] })
    const result = merge(base, mine, withSettings({ topics: [{ id: TOPIC, name: '交通' }] }))
    expect(result).toMatchObject({ taken: [], conflicts: ['topics'] })
    expect(result.draft.settings.topics).toEqual([{ id: TOPIC, name: '住房' }])
  })
})

describe('merging what others changed', () => {
  it('takes their changes and keeps mine', () => {
    const mine = changed({ introduction: '我写的介绍' })
    const theirs = changed({ title: '新标题', settings: { ...base.settings, askBefore: false } })
    const result = merge(base, mine, theirs)
    expect(result.taken).toEqual(['title', 'askBefore'])
    expect(result.conflicts).toEqual([])
    expect(result.draft).toEqual({ ...mine, title: '新标题', settings: { ...base.settings, askBefore: false } })
  })

  it('keeps mine where both changed, and says so', () => {
    const result = merge(base, changed({ title: '我的' }), changed({ title: '他的' }))
    expect(result).toMatchObject({ taken: [], conflicts: ['title'], draft: { title: '我的' } })
  })

  it('sees no conflict where both wrote the same', () => {
    expect(merge(base, changed({ title: '同' }), changed({ title: '同' }))).toMatchObject({ taken: [], conflicts: [] })
  })
})
