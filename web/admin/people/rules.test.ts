import { describe, expect, it } from 'vitest'
import type { StaffMember } from '../../../shared/staff.ts'
import { actsOn, matching } from './rules.ts'

const member = (over: Partial<StaffMember>): StaffMember => ({
  id: '11111111-1111-4111-8111-111111111111',
  username: 'zhou',
  name: '周建国',
  post: '局长',
  departmentId: null,
  spokesperson: false,
  role: 'officer',
  secondFactor: true,
  disabled: false,
  lockedUntil: null,
  createdAt: '2026-11-22T01:00:00.000Z',
  signedInAt: null,
  signIns: 0,
  version: 1,
  ...over,
})
const zhou = member({})
const li = member({ name: '李志强', username: 'li', post: '', departmentId: 'water', role: 'admin', secondFactor: false })
const chen = member({ name: '陈静', username: 'chen', disabled: true, secondFactor: false })
const wang = member({ name: '王芳', username: 'wang', lockedUntil: '2026-11-22T02:00:00.000Z' })
const people = [chen, zhou, li, wang]
const departmentOf = (id: string | null) => (id === 'water' ? '水利局' : '')
const found = (over: Partial<Parameters<typeof matching>[1]>) => matching(people, { words: '', role: null, standing: null, ...over }, departmentOf).map(({ name }) => name)

describe('the list of people', () => {
  it('is by name, the disabled last', () => expect(found({})).toEqual(['李志强', '王芳', '周建国', '陈静']))
  it.each([
    ['ZHOU', ['周建国']],
    ['水利', ['李志强']],
    ['局长 王', ['王芳']],
    ['没有', []],
  ])('finds %s', (words, names) => expect(found({ words })).toEqual(names))
  it('keeps to a role', () => expect(found({ role: 'admin' })).toEqual(['李志强']))
  it.each([
    ['open', ['李志强', '周建国']],
    ['locked', ['王芳']],
    ['disabled', ['陈静']],
    ['unsafe', ['李志强']],
  ] as const)('keeps to those who are %s', (standing, names) => expect(found({ standing })).toEqual(names))
})

it('offers what an account needs', () => {
  expect(actsOn(zhou)).toEqual(['reset', 'remove_second_factor'])
  expect(actsOn(chen)).toEqual([])
  expect(actsOn({ ...wang, signIns: 2 })).toEqual(['reset', 'unlock', 'sign_out', 'remove_second_factor'])
})
