import type { LinkInUse } from '../../shared/accounts.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'

/** Where somebody stands who has opened a sign-in link. `failed` may be tried again. */
export type Opening = { step: 'working' } | { step: 'in_use'; current: LinkInUse } | { step: 'invalid' } | { step: 'failed'; refusal: Refusal }

function isLinkInUse(current: unknown): current is LinkInUse {
  return typeof current === 'object' && current !== null && 'role' in current && 'since' in current && 'device' in current && 'name' in current
}

/** What a refusal of the link means to whoever opened it. */
export function openingOf(refusal: Refusal): Opening {
  if (refusal.code === 'link_in_use' && isLinkInUse(refusal.current)) return { step: 'in_use', current: refusal.current }
  // A token that was cut off while copying does not even fit the schema.
  if (refusal.code === 'link_invalid' || refusal.code === 'invalid_input' || refusal.code === 'not_found') return { step: 'invalid' }
  return { step: 'failed', refusal }
}
