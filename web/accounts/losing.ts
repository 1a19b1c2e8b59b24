import type { Me } from '../../shared/accounts.ts'
import { isSomebody } from './who.ts'

/** `signed_out`: this browser is nobody in particular any more. `less`: still known, with fewer rights than before. */
export type Loss = 'signed_out' | 'less'

/** What this browser lost from `before` to `after`; null: nothing, as when another device of the same person was meant. */
export function lossOf(before: Me | null, after: Me): Loss | null {
  if (!before) return null
  if (isSomebody(before) && (!isSomebody(after) || after.personId !== before.personId)) return 'signed_out'
  const left = new Set(after.grants.map(({ id, role }) => `${id} ${role}`))
  return before.grants.every(({ id, role }) => left.has(`${id} ${role}`)) ? null : 'less'
}
