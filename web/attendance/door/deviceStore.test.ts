import { expect, test } from 'vitest'
import type { CheckIn } from '../../../shared/attendance.ts'
import { doorEntry, doorList } from '../fixtures.test-support.ts'
import { memoryStorage } from './storage.test-support.ts'
import { createDeviceStore } from './deviceStore.ts'

const act = (id: string, attendeeId = 'a'): CheckIn => ({ id, attendeeId, at: '2026-11-22T01:00:00.000Z', undo: false, walkIn: null })

test('keeps list and acts over a reload, the acts in their order', () => {
  const storage = memoryStorage()
  const list = doorList([doorEntry()])
  const before = createDeviceStore(storage)
  expect(before.list(list.sessionId)).toBeNull()
  expect(before.keepList(list)).toBe(true)
  for (const id of ['z', 'b', 'm']) expect(before.keepAct(list, act(id))).toBe(true)
  const after = createDeviceStore(storage)
  expect(after.list(list.sessionId)).toEqual(list)
  expect(after.acts(list.sessionId).map(({ id }) => id)).toEqual(['z', 'b', 'm'])
  after.dropAct(list.sessionId, 'b')
  expect(after.acts(list.sessionId).map(({ id }) => id)).toEqual(['z', 'm'])
  expect(after.acts('other')).toEqual([])
})

test('forgets one session, and whatever is older than a day and a half', () => {
  const storage = memoryStorage()
  const [old, present] = [doorList([], { sessionId: 'oldoldold1', startsAt: '2026-11-19T01:00:00.000Z' }), doorList([])]
  const store = createDeviceStore(storage, () => Date.parse('2026-11-22T02:00:00.000Z'))
  for (const list of [old, present]) {
    store.keepList(list)
    store.keepAct(list, act(list.sessionId))
  }
  storage.setItem('fangtan.door.list.broken', '{')
  storage.setItem('fangtan.locale', 'en')
  store.tidy()
  expect(store.list(old.sessionId)).toBeNull()
  expect(store.acts(old.sessionId)).toEqual([])
  expect(storage.getItem('fangtan.door.list.broken')).toBeNull()
  expect(store.acts(present.sessionId)).toHaveLength(1)
  store.forget(present.sessionId)
  expect([store.list(present.sessionId), store.acts(present.sessionId)]).toEqual([null, []])
  expect(storage.getItem('fangtan.locale')).toBe('en')
})

test('says so when nothing can be kept', () => {
  expect(createDeviceStore(null).keepList(doorList([]))).toBe(false)
  const full = { ...memoryStorage(), setItem: () => { throw new Error('full') } }
  expect(createDeviceStore(full).keepAct(doorList([]), act('a'))).toBe(false)
})
