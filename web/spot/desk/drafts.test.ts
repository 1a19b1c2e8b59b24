import { describe, expect, test } from 'vitest'
import type { SpotRecord } from '../../../shared/spot.ts'
import { draftOf, likelyGuest, missing, newDraft, saveRequest } from './drafts.ts'

const guests = [
  { id: 'zhou', name: '周启明' },
  { id: 'lin', name: '林晓岚' },
]
const about = { questionId: 'q', handId: null }

describe('who is preselected', () => {
  test.each<[string, (string | null)[], string | null]>([
    ['whom the question was given to', ['lin', 'zhou'], 'lin'],
    ['who speaks, when nobody was named', [null, 'lin'], 'lin'],
    ['no one who is not a guest', ['host', 'lin'], 'lin'],
    ['the first', [null, null], 'zhou'],
  ])('%s', (_name, candidates, expected) => expect(likelyGuest(guests, ...candidates)).toBe(expected))

  test('nobody without guests', () => expect(likelyGuest([], 'lin')).toBeNull())
})

describe('what is sent', () => {
  test('names the guest as seen, and no date with an answer', () => {
    expect(saveRequest('s', { ...newDraft('i', 'answer', about, 'lin'), dueOn: '2026-12-01', text: ' 好 ' }, guests, null)).toEqual({ sessionId: 's', expectedVersion: null, id: 'i', kind: 'answer', ...about, guestId: 'lin', departmentId: null, who: '林晓岚', text: '好', dueOn: null })
  })

  test('names somebody else by what was typed', () => {
    expect(saveRequest('s', { ...newDraft('i', 'task', about, null), other: ' 县住建局 ', dueOn: '2026-12-01' }, guests, 3)).toMatchObject({ guestId: null, who: '县住建局', dueOn: '2026-12-01', expectedVersion: 3 })
  })

  test.each([
    [newDraft('i', 'answer', about, 'lin'), null],
    [newDraft('i', 'answer', about, null), 'name'],
    [newDraft('i', 'promise', about, 'lin'), 'date'],
    [{ ...newDraft('i', 'promise', about, null), other: '老李', dueOn: '2026-12-01' }, null],
  ])('is not sent while something is missing', (draft, expected) => expect(missing(draft)).toBe(expected))
})

test('a correction begins with what is there, by name where the guest is not invited any more', () => {
  const record: SpotRecord = { id: 'i', number: 1, kind: 'promise', ...about, guestId: 'gone', who: '老郑', departmentId: 'd', department: '县交通局', text: '', dueOn: '2026-12-01', at: '', by: '', withdrawn: null, version: 1 }
  expect(draftOf(record, guests)).toMatchObject({ guestId: null, other: '老郑', departmentId: 'd' })
  expect(draftOf({ ...record, guestId: 'lin' }, guests)).toMatchObject({ guestId: 'lin', other: '' })
})
