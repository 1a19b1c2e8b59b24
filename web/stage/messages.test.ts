import { expect, it } from 'vitest'
import en from './messages.en.ts'
import zh from './messages.zh.ts'

function keys(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'object' ? keys(value as object, `${prefix}${key}.`) : [`${prefix}${key}`]))
}

it('says the same things in both languages', () => expect(keys(en)).toEqual(keys(zh)))
