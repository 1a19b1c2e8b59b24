import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../shared/protocol/errors.ts'
import { initialLocale } from './locales.ts'
import { mergeMessages } from './merge.ts'
import type { MessageTree, RoomMessages } from './merge.ts'

const rooms = import.meta.glob<{ default: RoomMessages }>('../**/messages.ts', { eager: true })
const sources = import.meta.glob<string>(['../**/*.{vue,ts}', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })

function flatten(tree: MessageTree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`)))
}

/** The names in `{…}` that a text expects. */
const gaps = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort().join()

describe.each(Object.entries(rooms))('%s', (_path, { default: room }) => {
  const chinese = new Map(flatten(room['zh-CN']))
  const english = new Map(flatten(room.en))

  it('says the same things in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('leaves no text empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('fills the same gaps in both languages', () => {
    expect([...chinese].filter(([key, text]) => gaps(text) !== gaps(english.get(key) ?? ''))).toEqual([])
  })
})

describe('all texts', () => {
  const merged = mergeMessages(Object.values(rooms).map((room) => room.default))
  const keys = new Set(flatten(merged['zh-CN']).map(([key]) => key))

  it('gives every room a name of its own', () => {
    const names = Object.values(rooms).flatMap((room) => Object.keys(room.default['zh-CN']))
    expect(new Set(names).size).toBe(names.length)
  })

  it('says every refusal', () => {
    expect(ERROR_CODES.filter((code) => !keys.has(`error.${code}`))).toEqual([])
  })

  it('has every text that a page asks for', () => {
    const missing = Object.entries(sources).flatMap(([path, source]) =>
      [...source.matchAll(/(?<![\w.])t\(\s*'([\w.]+)'/g)].map(([, key]) => key ?? '').filter((key) => !keys.has(key)).map((key) => `${path}: ${key}`),
    )
    expect(missing).toEqual([])
  })
})

describe('the language to begin with', () => {
  it('is the one chosen before', () => expect(initialLocale('en', ['zh-CN'])).toBe('en'))
  it('is what the browser asks for', () => expect(initialLocale(null, ['fr', 'en-GB', 'zh'])).toBe('en'))
  it('covers every Chinese', () => expect(initialLocale(null, ['zh-Hans-HK'])).toBe('zh-CN'))
  it('is Chinese otherwise', () => expect(initialLocale('xx', ['fr'])).toBe('zh-CN'))
})
