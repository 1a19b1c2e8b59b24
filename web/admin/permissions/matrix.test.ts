import { expect, it } from 'vitest'
import { ALL_PERMISSIONS, PERMISSIONS } from '../../../shared/rules/permissions.ts'
import { MATRIX, MATRIX_GROUPS, RELATIONS, textKey } from './matrix.ts'
import texts from './texts.ts'

const rows = MATRIX.flatMap(({ rows }) => rows)

it('shows every permission once, and exactly who has it', () => {
  expect(rows.map(({ permission }) => permission).toSorted()).toEqual(ALL_PERMISSIONS.toSorted())
  for (const { permission, allowed } of rows) expect([...allowed].toSorted()).toEqual([...PERMISSIONS[permission]].toSorted())
})

it('has a column for everybody who may anything', () => {
  const named = new Set(Object.values(PERMISSIONS).flat())
  expect([...named].filter((relation) => !RELATIONS.includes(relation))).toEqual([])
})

it.each(['zh-CN', 'en'] as const)('says every permission and group in words in %s', (locale) => {
  expect(Object.keys(texts[locale].may).toSorted()).toEqual(ALL_PERMISSIONS.map(textKey).toSorted())
  expect(Object.keys(texts[locale].group)).toEqual([...MATRIX_GROUPS])
})
