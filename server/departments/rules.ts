import type { AuditEntry } from '../../shared/administration.ts'
import type { CreateDepartment } from '../../shared/departments.ts'

/** A department as it is kept; who belongs to it stands with the accounts. */
export type StoredDepartment = CreateDepartment & { archived: boolean; version: number }

const FIELDS = ['name', 'code', 'duty', 'leader', 'verified', 'archived'] as const

/** What an edit changes, for the log of acts: the new value of what is short, and that a text is another one. */
export function changesOf(before: StoredDepartment, after: StoredDepartment): AuditEntry['detail'] {
  const changed = FIELDS.filter((field) => before[field] !== after[field])
  return Object.fromEntries(changed.map((field) => [field, field === 'duty' ? true : after[field]]))
}
