import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { openApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import { malformedOf } from '../support/malformed.ts'
import { PASSWORD, setUp } from '../support/staff.ts'
import type { StaffPerson } from '../support/staff.ts'

let opened: TestApp
let admin: StaffPerson
beforeAll(async () => {
  opened = await openApp()
  admin = await setUp(opened)
})

const token = 'A'.repeat(43)
const account = { token, username: 'li.min', name: '李敏', password: PASSWORD }
const texts = (...fields: string[]) => fields.map((field) => `${field}=NaN`)
const edit = { expectedVersion: 1, name: '王主任', post: '', departmentId: null, spokesperson: false, role: 'admin', disabled: false }

const ROUTES: [string, { method: 'POST' | 'PUT'; path: () => string; valid: object; accepted?: string[] }][] = [
  ['signing in', { method: 'POST', path: () => '/api/sign-in', valid: { username: 'li.min', password: PASSWORD }, accepted: texts('username', 'password') }],
  ['the second step', { method: 'POST', path: () => '/api/sign-in/code', valid: { ticket: 'x'.repeat(40), code: '123456' } }],
  ['looking at an invitation', { method: 'POST', path: () => '/api/invitations/look', valid: { token } }],
  ['accepting one', { method: 'POST', path: () => '/api/invitations/accept', valid: account, accepted: texts('username', 'name', 'password') }],
  ['the set-up', { method: 'POST', path: () => '/api/setup', valid: { ...account, siteName: '清河县' }, accepted: texts('username', 'name', 'password', 'siteName') }],
  ['changing a password', { method: 'PUT', path: () => '/api/account/password', valid: { current: PASSWORD, next: PASSWORD }, accepted: texts('current', 'next') }],
  ['beginning a second factor', { method: 'POST', path: () => '/api/account/second-factor', valid: { password: PASSWORD }, accepted: texts('password') }],
  ['confirming it', { method: 'PUT', path: () => '/api/account/second-factor', valid: { code: '123456' } }],
  ['doing without it', { method: 'POST', path: () => '/api/account/second-factor/remove', valid: { password: PASSWORD, code: '123456' }, accepted: texts('password') }],
  ['new recovery codes', { method: 'POST', path: () => '/api/account/recovery-codes', valid: { password: PASSWORD }, accepted: texts('password') }],
  ['inviting', { method: 'POST', path: () => '/api/admin/invitations', valid: { id: randomUUID(), name: '李敏', role: 'staff', departmentId: null }, accepted: ['departmentId=null', ...texts('name')] }],
  ['editing an account', { method: 'PUT', path: () => `/api/admin/people/${randomUUID()}`, valid: edit, accepted: ['departmentId=null', ...texts('name', 'post')] }],
  ['acting on one', { method: 'POST', path: () => `/api/admin/people/${randomUUID()}/act`, valid: { action: 'unlock' } }],
]

const whole = async () => {
  const { read } = opened.app.database
  const tables = await Promise.all((['accounts', 'invitations', 'signIns', 'grants', 'audit', 'strangers', 'settings'] as const).map((table) => read.selectFrom(table).selectAll().execute()))
  return JSON.stringify(tables)
}

test.each(ROUTES)('%s refuses what does not fit, and changes nothing', async (_what, { method, path, valid, accepted = [] }) => {
  const before = await whole()
  for (const { name, payload } of malformedOf(valid, accepted)) {
    const response = await admin.person.fetch(path(), { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(payload) })
    const answer = await response.text()
    expect({ status: response.status, answer }, name).toEqual(
      name.includes('megabyte') ? { status: 413, answer: expect.stringContaining('too_large') as string } : { status: 400, answer: expect.stringContaining('invalid_input') as string },
    )
    expect(answer.length, `${name}: what was sent is not repeated`).toBeLessThan(2_000)
  }
  expect(await whole()).toBe(before)
})

test.each(['%zz', 'no-uuid', '..%2f..', "'; drop table accounts; --"])('%s is no id', async (id) => {
  for (const [method, path] of [['PUT', `/api/admin/people/${id}`], ['POST', `/api/admin/people/${id}/act`], ['DELETE', `/api/admin/invitations/${id}`], ['DELETE', `/api/account/sign-ins/${id}`]] as const)
    expect((await admin.person.fetch(path, { method, headers: { 'Content-Type': 'application/json' }, body: '{}' })).status, path).toBe(400)
})

test('another site’s page signs nobody in', async () => {
  for (const [path, body] of [['/api/sign-in', { username: 'admin.first', password: PASSWORD }], ['/api/setup', { ...account, siteName: '清河县' }], ['/api/invitations/accept', account]] as const) {
    const response = await fetch(`${opened.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: 'https://elsewhere.example' }, body: JSON.stringify(body) })
    expect([path, response.status, response.headers.getSetCookie()]).toEqual([path, 403, []])
  }
})
