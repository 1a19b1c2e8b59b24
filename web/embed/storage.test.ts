import { expect, it } from 'vitest'
import { frameStorage } from './storage.ts'

function plain(initial: Record<string, string>) {
  const kept = new Map(Object.entries(initial))
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  }
  return { kept, storage }
}

it('sees and touches nothing of our own pages in the same storage', () => {
  const { kept, storage } = plain({ 'fangtan.outbox.1': 'theirs', 'fangtan.name': '老王' })
  const frame = frameStorage(storage)
  expect([frame.length, frame.key(0), frame.getItem('fangtan.name')]).toEqual([0, null, null])
  frame.setItem('fangtan.name', '小李')
  expect([frame.length, frame.key(0), frame.key(1), frame.getItem('fangtan.name')]).toEqual([1, 'fangtan.name', null, '小李'])
  expect(kept.get('fangtan.name')).toBe('老王')
  frame.clear()
  expect([...kept.keys()]).toEqual(['fangtan.outbox.1', 'fangtan.name'])
})

it('lasts as long as the page where storage is forbidden', () => {
  const frame = frameStorage(null)
  frame.setItem('a', '1')
  expect([frame.length, frame.getItem('a')]).toEqual([1, '1'])
  frame.removeItem('a')
  expect(frame.getItem('a')).toBeNull()
})
