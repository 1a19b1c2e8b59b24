import { describe, expect, it } from 'vitest'
import { session } from '../fixtures.test-support.ts'
import { differences, draftOf, emptyDraft, emptyGuest, merge, toCreate, toEdit } from './draft.ts'
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
