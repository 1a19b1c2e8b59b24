import { describe, expect, test } from 'vitest'
import { PLATFORM_ROLES, roleSchema } from '../accounts.ts'
import type { Role } from '../accounts.ts'
import { ALL_PERMISSIONS, PLATFORM_PERMISSIONS, actingRole, may } from './permissions.ts'
import type { Actor, Permission } from './permissions.ts'

const MODERATION: Permission[] = [
  'session.cut',
  'session.intake',
  'session.export',
  'desk.view',
  'question.approve',
  'question.decline',
  'question.edit',
  'question.merge',
  'question.split',
  'question.label',
  'question.assign',
  'question.take_back',
  'question.intake',
  'question.note',
  'person.sanction',
  'words.edit',
  'chat.delete',
  'chat.settings',
  'floor.raise_for',
  'floor.arrange',
  'spot.record',
  'attendance.check_in',
]
const HOSTING: Permission[] = [
  ...MODERATION,
  'session.edit',
  'session.phase',
  'session.links',
  'session.team',
  'question.air',
  'question.time',
  'question.answer',
  'question.reply',
  'votes.judge',
  'poll.manage',
  'stage.view_backstage',
  'stage.admit',
  'stage.mute',
  'agenda.edit',
  'agenda.move',
  'floor.call',
  'attendance.manage',
]
/** What each role may, beyond what everybody may. */
const BEYOND: Record<Role, Permission[]> = {
  participant: [],
  representative: ['attendance.reply'],
  recorder: ['spot.record'],
  director: ['desk.view', 'session.cut', 'stage.view_backstage', 'stage.admit', 'stage.mute', 'agenda.move', 'floor.arrange', 'floor.call'],
  helper: ['floor.raise_for', 'floor.arrange', 'attendance.check_in'],
  guest: ['stage.view_backstage', 'stage.publish', 'question.reply'],
  moderator: MODERATION,
  host: [...HOSTING, 'stage.publish', 'people.view'],
  staff: ['session.create', 'people.view'],
  officer: [],
  supervisor: ['session.cut', 'session.export', 'desk.view', 'people.view', 'sessions.oversee', 'system.view', 'audit.view'],
  admin: [...HOSTING, ...PLATFORM_PERMISSIONS, 'people.view'],
}
const EVERYBODY: Permission[] = ['question.submit', 'question.vote', 'question.similar', 'question.object', 'poll.answer', 'chat.send', 'floor.raise', 'attendance.apply']

const actor = (role: Role): Actor => ({ personId: 'p', roles: role === 'participant' ? ['participant'] : ['participant', role] })

describe.each(roleSchema.options)('a %s', (role) => {
  test.each(ALL_PERMISSIONS)('%s', (permission) => {
    expect(may(actor(role), permission)).toBe(EVERYBODY.includes(permission) || BEYOND[role].includes(permission))
  })
})

test('what concerns the installation, no role within a session gives', () => {
  const platform: readonly Role[] = PLATFORM_ROLES
  for (const permission of PLATFORM_PERMISSIONS) for (const role of roleSchema.options) if (!platform.includes(role)) expect(may(actor(role), permission)).toBe(false)
})

test('only the asker withdraws and revises, and being it gives nothing else', () => {
  const own: Permission[] = ['question.withdraw', 'question.revise']
  for (const permission of own) {
    expect(may(actor('participant'), permission, true)).toBe(true)
    for (const role of roleSchema.options) expect(may(actor(role), permission)).toBe(false)
  }
  for (const permission of ALL_PERMISSIONS) {
    if (!own.includes(permission)) expect(may(actor('participant'), permission, true)).toBe(may(actor('participant'), permission))
  }
})

test('roles add up', () => {
  const both: Actor = { personId: 'p', roles: ['participant', 'guest', 'moderator'] }
  expect(may(both, 'desk.view') && may(both, 'stage.publish')).toBe(true)
  expect(may(both, 'question.air')).toBe(false)
})

test('somebody acts in the role that lets them, the nearest to the session first', () => {
  const roles = (...held: Role[]): Actor => ({ personId: 'p', roles: ['participant', ...held] })
  expect(actingRole(roles('admin'), 'question.approve')).toBe('admin')
  expect(actingRole(roles('admin', 'host'), 'question.approve')).toBe('host')
  expect(actingRole(roles('supervisor', 'director'), 'session.cut')).toBe('director')
  expect(actingRole(roles('host'), 'question.withdraw')).toBe('participant')
  expect(actingRole(roles(), 'question.submit')).toBe('participant')
  expect(actingRole(roles('supervisor'), 'question.approve')).toBe('participant')
})
