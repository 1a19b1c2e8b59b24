import { expect, test } from 'vitest'
import { DEFAULT_SITE } from '../../../shared/site.ts'
import { shortened } from './rules.ts'

const { retention } = DEFAULT_SITE

test('a period that becomes shorter is found, a longer one is not', () => {
  expect(shortened(retention, { ...retention, peopleDays: 18, chatDays: 900 })).toEqual(['peopleDays'])
  expect(shortened(retention, retention)).toEqual([])
})

test('what cannot be saved is not asked about', () => {
  for (const peopleDays of [0, 1.5, '', '18']) expect(shortened(retention, { ...retention, peopleDays })).toEqual([])
})
