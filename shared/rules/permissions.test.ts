import { describe, expect, test } from 'vitest'
import { roleSchema } from '../accounts.ts'
import type { Role } from '../accounts.ts'
import { ALL_PERMISSIONS, may } from './permissions.ts'
import type { Actor, Permission } from './permissions.ts'

/** What each role may, beyond what everybody may. */
const BEYOND: Record<Role, Permission[]> = {
  participant: [],
  representative: [],
  recorder: [],
  director: ['stage.view_backstage', 'stage.admit'],
  guest: ['stage.view_backstage', 'stage.publish'],
  moderator: ['desk.view', 'question.approve', 'question.decline', 'question.edit', 'question.take_back', 'chat.delete', 'chat.settings'],
  host: [
    'session.edit',
    'session.phase',
    'session.links',
    'desk.view',
    'question.approve',
    'question.decline',
    'question.edit',
    'question.take_back',
    'question.air',
    'question.answer',
    'chat.delete',
    'chat.settings',
    'stage.view_backstage',
    'stage.publish',
    'stage.admit',
  ],
}
const EVERYBODY: Permission[] = ['question.submit', 'question.vote', 'chat.send']

const actor = (role: Role, platform = false): Actor => ({ personId: 'p', roles: role === 'participant' ? ['participant'] : ['participant', role], platform })

describe.each(roleSchema.options)('a %s', (role) => {
  test.each(ALL_PERMISSIONS)('%s', (permission) => {
    expect(may(actor(role), permission)).toBe(EVERYBODY.includes(permission) || BEYOND[role].includes(permission))
  })
})

test('only who holds the whole platform as a host makes sessions', () => {
  for (const role of roleSchema.options) expect(may(actor(role, true), 'session.create')).toBe(role === 'host')
  expect(may(actor('host'), 'session.create')).toBe(false)
})

test('only the asker withdraws, and being it gives nothing else', () => {
  expect(may(actor('participant'), 'question.withdraw', true)).toBe(true)
  expect(may(actor('host', true), 'question.withdraw')).toBe(false)
  for (const permission of ALL_PERMISSIONS) {
    if (permission !== 'question.withdraw') expect(may(actor('participant'), permission, true)).toBe(may(actor('participant'), permission))
  }
})

test('roles add up', () => {
  const both: Actor = { personId: 'p', roles: ['participant', 'guest', 'moderator'], platform: false }
  expect(may(both, 'desk.view') && may(both, 'stage.publish')).toBe(true)
  expect(may(both, 'question.air')).toBe(false)
})
