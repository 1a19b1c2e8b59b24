import { expect, it } from 'vitest'
import type { Department } from '../../../shared/departments.ts'
import { departmentItems } from './departmentItems.ts'

const department = (id: string, archived = false): Department => ({ id, name: `${id}局`, code: id, duty: '', leader: '', verified: false, archived, officers: [], spokespeople: [], version: 1 })
const all = [department('水利'), department('交通'), department('旧', true)]

it('offers departments in use, and never takes away the one that is chosen', () => {
  expect(departmentItems(all, null, '').map(({ id }) => id)).toEqual(['水利', '交通'])
  expect(departmentItems(all, '旧', '旧局').map(({ id, archived }) => [id, archived])).toEqual([
    ['水利', false],
    ['交通', false],
    ['旧', true],
  ])
  expect(departmentItems([], '水利', '县水利局')).toEqual([{ id: '水利', name: '县水利局', archived: false }])
})
