import { expect, it } from 'vitest'
import { createDepartmentSchema } from '../../shared/departments.ts'
import { issuesOf } from './issues.ts'

it('names what is wrong at each field, in the codes that have texts', () => {
  const parsed = createDepartmentSchema.safeParse({ id: '11111111-1111-4111-8111-111111111111', name: ' ', code: '水 利', duty: '', leader: '很'.repeat(21), verified: true })
  expect(issuesOf(parsed.error?.issues ?? [])).toEqual({ name: 'too_short', code: 'invalid_format', leader: 'too_long' })
})
