import type { Role } from '../accounts.ts'

/**
 * Who may do what: the one place where this is decided, for the server (which enforces it) and for the client (which hides what would be refused).
 * `asker` is the person who sent the question at hand.
 */
export type Actor = {
  personId: string
  /** Roles in the session at hand; everybody is at least a participant. */
  roles: readonly Role[]
  /** Holds a grant over every session. */
  platform: boolean
}

export type Relation = Role | 'asker'

export const PERMISSIONS = {
  'session.create': ['host'],
  'session.edit': ['host'],
  'session.phase': ['host'],
  'session.links': ['host'],
  'session.intake': ['host', 'moderator'],
  'session.export': ['host', 'moderator'],
  'desk.view': ['host', 'moderator'],
  'question.submit': ['participant'],
  'question.vote': ['participant'],
  'question.similar': ['participant'],
  'question.object': ['participant'],
  'question.withdraw': ['asker'],
  'question.revise': ['asker'],
  'question.approve': ['host', 'moderator'],
  'question.decline': ['host', 'moderator'],
  'question.edit': ['host', 'moderator'],
  'question.merge': ['host', 'moderator'],
  'question.split': ['host', 'moderator'],
  'question.label': ['host', 'moderator'],
  'question.assign': ['host', 'moderator'],
  'question.take_back': ['host', 'moderator'],
  'question.air': ['host'],
  'question.time': ['host'],
  'question.answer': ['host'],
  'question.reply': ['host', 'guest'],
  'question.intake': ['host', 'moderator'],
  'question.note': ['host', 'moderator'],
  'votes.judge': ['host'],
  'person.sanction': ['host', 'moderator'],
  'words.edit': ['host', 'moderator'],
  'poll.manage': ['host'],
  'poll.answer': ['participant'],
  'chat.send': ['participant'],
  'chat.delete': ['host', 'moderator'],
  'chat.settings': ['host', 'moderator'],
  'stage.view_backstage': ['host', 'guest', 'director'],
  'stage.publish': ['host', 'guest'],
  'stage.admit': ['host', 'director'],
  'webhooks.manage': ['host'],
} as const satisfies Record<string, readonly Relation[]>

export type Permission = keyof typeof PERMISSIONS
export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[]

/** Whether `actor` may do `permission`; `isAsker` says whether the question at hand is theirs. What concerns the whole installation needs a platform grant. */
export function may(actor: Actor, permission: Permission, isAsker = false): boolean {
  if (permission === 'session.create' || permission === 'webhooks.manage') return actor.platform && actor.roles.includes('host')
  const allowed: readonly Relation[] = PERMISSIONS[permission]
  if (isAsker && allowed.includes('asker')) return true
  return actor.roles.some((role) => allowed.includes(role))
}
