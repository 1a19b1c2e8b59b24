import { PLATFORM_ROLES, SESSION_ROLES } from '../../../shared/accounts.ts'
import { ALL_PERMISSIONS, PERMISSIONS, PLATFORM_PERMISSIONS } from '../../../shared/rules/permissions.ts'
import type { Permission, Relation } from '../../../shared/rules/permissions.ts'

/** The columns, from the widest role down to everybody. */
export const RELATIONS: readonly Relation[] = [...PLATFORM_ROLES, ...SESSION_ROLES, 'asker']

/** What is decided in single sessions by theme, and what concerns the whole installation. */
export const MATRIX_GROUPS = ['session', 'question', 'conversation', 'stage', 'symposium', 'platform'] as const
export type MatrixGroup = (typeof MATRIX_GROUPS)[number]

const GROUP_OF: Record<string, MatrixGroup> = { session: 'session', desk: 'session', question: 'question', votes: 'question', poll: 'conversation', chat: 'conversation', person: 'conversation', words: 'conversation', stage: 'stage', agenda: 'symposium', floor: 'symposium', spot: 'symposium', attendance: 'symposium' }

function groupOf(permission: Permission): MatrixGroup {
  if (PLATFORM_PERMISSIONS.includes(permission)) return 'platform'
  return GROUP_OF[permission.split('.')[0] ?? ''] ?? 'platform'
}

export type MatrixRow = { permission: Permission; allowed: ReadonlySet<Relation> }

/** The table of shared/rules/permissions.ts, by group; nothing is left out. */
export const MATRIX: readonly { group: MatrixGroup; rows: readonly MatrixRow[] }[] = MATRIX_GROUPS.map((group) => ({
  group,
  rows: ALL_PERMISSIONS.filter((permission) => groupOf(permission) === group).map((permission) => ({ permission, allowed: new Set<Relation>(PERMISSIONS[permission]) })),
}))

/** The name of a permission's text: vue-i18n reads a dot as a step. */
export const textKey = (permission: Permission) => permission.replace('.', '_')
