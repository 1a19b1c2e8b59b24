import type { Role } from '../accounts.ts'

/**
 * Who may do what: the one place where this is decided, for the server (which enforces it) and for the client (which hides what would be refused).
 * `asker` is the person who sent the question at hand.
 */
export type Actor = {
  personId: string
  /** Roles in the session at hand and on the installation; everybody is at least a participant. */
  roles: readonly Role[]
}

export type Relation = Role | 'asker'

const EVERYBODY = ['participant'] as const
const HOST = ['host', 'admin'] as const
const DESK = ['host', 'moderator', 'admin'] as const
const ADMIN = ['admin'] as const
const HALL = ['host', 'moderator', 'helper', 'admin'] as const

export const PERMISSIONS = {
  'session.create': ['staff', 'admin'],
  'session.edit': HOST,
  'session.phase': HOST,
  'session.cut': ['host', 'moderator', 'director', 'supervisor', 'admin'],
  'session.links': HOST,
  'session.team': HOST,
  'session.intake': DESK,
  'session.export': ['host', 'moderator', 'supervisor', 'admin'],
  'desk.view': ['host', 'moderator', 'director', 'supervisor', 'admin'],
  'question.submit': EVERYBODY,
  'question.vote': EVERYBODY,
  'question.similar': EVERYBODY,
  'question.object': EVERYBODY,
  'question.withdraw': ['asker'],
  'question.revise': ['asker'],
  'question.approve': DESK,
  'question.decline': DESK,
  'question.edit': DESK,
  'question.merge': DESK,
  'question.split': DESK,
  'question.label': DESK,
  'question.assign': DESK,
  'question.take_back': DESK,
  'question.air': HOST,
  'question.time': HOST,
  'question.answer': HOST,
  'question.reply': ['host', 'guest', 'admin'],
  'question.intake': DESK,
  'question.note': DESK,
  'votes.judge': HOST,
  'person.sanction': DESK,
  'words.edit': DESK,
  'poll.manage': HOST,
  'poll.answer': EVERYBODY,
  'chat.send': EVERYBODY,
  'chat.delete': DESK,
  'chat.settings': DESK,
  'stage.view_backstage': ['host', 'guest', 'director', 'admin'],
  'stage.publish': ['host', 'guest'],
  'stage.admit': ['host', 'director', 'admin'],
  'stage.mute': ['host', 'director', 'admin'],
  'agenda.edit': HOST,
  'agenda.move': ['host', 'director', 'admin'],
  'floor.raise': EVERYBODY,
  'floor.raise_for': HALL,
  'floor.arrange': ['host', 'moderator', 'helper', 'director', 'admin'],
  'floor.call': ['host', 'director', 'admin'],
  'spot.record': ['host', 'moderator', 'recorder', 'admin'],
  'attendance.manage': HOST,
  'attendance.check_in': HALL,
  'attendance.apply': EVERYBODY,
  'attendance.reply': ['representative'],
  'words.edit_all': ADMIN,
  'webhooks.manage': ADMIN,
  'people.manage': ADMIN,
  // Also who puts a team together, in whichever session.
  'people.view': ['host', 'staff', 'supervisor', 'admin'],
  'departments.manage': ADMIN,
  'settings.manage': ADMIN,
  'forums.manage': ADMIN,
  'sessions.oversee': ['supervisor', 'admin'],
  'system.view': ['supervisor', 'admin'],
  'retention.run': ADMIN,
  'audit.view': ['supervisor', 'admin'],
  'audit.export': ADMIN,
  'identity.look_up': ADMIN,
} as const satisfies Record<string, readonly Relation[]>

export type Permission = keyof typeof PERMISSIONS
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[]

/** Permissions over the installation: asked for without a session, so that no role in a session gives them. */
export const PLATFORM_PERMISSIONS: readonly Permission[] = [
  'session.create',
  'words.edit_all',
  'webhooks.manage',
  'people.manage',
  'departments.manage',
  'settings.manage',
  'forums.manage',
  'sessions.oversee',
  'system.view',
  'retention.run',
  'audit.view',
  'audit.export',
  'identity.look_up',
]

/** The role in which somebody does what they may: the first in the table that they hold. Everybody else acts as a participant. */
export function actingRole(actor: Actor, permission: Permission): Role {
  const allowed: readonly Relation[] = PERMISSIONS[permission]
  return allowed.find((role): role is Role => role !== 'asker' && actor.roles.includes(role)) ?? 'participant'
}

/** Whether `actor` may do `permission`; `isAsker` says whether the question at hand is theirs. */
export function may(actor: Actor, permission: Permission, isAsker = false): boolean {
  const allowed: readonly Relation[] = PERMISSIONS[permission]
  if (isAsker && allowed.includes('asker')) return true
  return actor.roles.some((role) => allowed.includes(role))
}
