import type { AuditEntry } from '../../shared/administration.ts'
import type { Forum, PublicForum } from '../../shared/forums.ts'

/** What everybody may know of a forum. */
export const publicForum = ({ id, name, code, members }: Forum): PublicForum => ({ id, name, code, members })

const FIELDS = ['name', 'code', 'members', 'archived'] as const

/** What an edit changes, for the log of acts. Who looks after it is somebody's name: only that it is another one; of addresses, how many there are now. */
export function changesOf(before: Forum, after: Forum): AuditEntry['detail'] {
  const changed = FIELDS.filter((field) => before[field] !== after[field])
  return {
    ...Object.fromEntries(changed.map((field) => [field, after[field]])),
    ...(before.contact === after.contact ? {} : { contact: true }),
    ...(before.origins.join(' ') === after.origins.join(' ') ? {} : { origins: after.origins.length }),
  }
}
