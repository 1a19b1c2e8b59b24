import type { Me } from '../../shared/accounts.ts'
import type { Actor } from '../../shared/rules/permissions.ts'

/** What the grants of `me` amount to in one session. A grant without a session counts in every one. */
export function actorOf(me: Me | null, sessionId: string): Actor {
  const grants = (me?.grants ?? []).filter((grant) => grant.sessionId === null || grant.sessionId === sessionId)
  return {
    personId: me?.personId ?? '',
    roles: [...new Set(['participant' as const, ...grants.map(({ role }) => role)])],
  }
}
