import type { Grant, Role } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { may } from '../../shared/rules/permissions.ts'
import type { Actor, Permission } from '../../shared/rules/permissions.ts'

/** Answers "may this person do this" for every use case. */
export type Access = {
  grantsOf: (personId: string) => Promise<Grant[]>
  /** `sessionId` null: on the installation. */
  actor: (personId: string, sessionId: string | null) => Promise<Actor>
  /** @throws RefusedError `forbidden` */
  require: (personId: string, sessionId: string | null, permission: Permission, isAsker?: boolean) => Promise<Actor>
  /** The name that colleagues know somebody at the desk by, or their role where the grant has none. */
  signature: (actor: Actor, sessionId: string) => Promise<string>
  /** Forgets what is remembered of a person, after their grants changed. */
  forget: (personId: string) => void
}

/** How long a person's grants are remembered: the longest that a revoked right still works. */
const REMEMBERED_MS = 1_000
const REMEMBERED_PEOPLE = 20_000
/** Whose name stands under what they do in a session; the first that somebody has, counts. */
const SIGNING: readonly Role[] = ['host', 'moderator', 'director', 'recorder', 'helper', 'supervisor', 'admin']

/** The actor that `grants` make of a person in one session: always a participant, and whatever they were given for it or for all. */
export function actorFrom(personId: string, sessionId: string | null, grants: readonly Grant[]): Actor {
  const here = grants.filter((grant) => grant.sessionId === null || grant.sessionId === sessionId)
  return { personId, roles: ['participant', ...new Set(here.map((grant) => grant.role).filter((role) => role !== 'participant'))] }
}

export function createAccess(read: (personId: string) => Promise<Grant[]>, now: () => number): Access {
  const remembered = new Map<string, { grants: Grant[]; until: number }>()
  let forgotten = 0

  async function grantsOf(personId: string): Promise<Grant[]> {
    const known = remembered.get(personId)
    if (known && known.until > now()) return known.grants
    const before = forgotten
    const grants = await read(personId)
    if (remembered.size >= REMEMBERED_PEOPLE) remembered.clear()
    // What was read before something was forgotten may be from before it changed.
    if (before === forgotten) remembered.set(personId, { grants, until: now() + REMEMBERED_MS })
    return grants
  }

  const actor = async (personId: string, sessionId: string | null) => actorFrom(personId, sessionId, await grantsOf(personId))
  return {
    grantsOf,
    actor,
    async require(personId, sessionId, permission, isAsker = false) {
      const found = await actor(personId, sessionId)
      if (!may(found, permission, isAsker)) throw new RefusedError('forbidden')
      return found
    },
    async signature({ personId, roles }, sessionId) {
      const grants = (await grantsOf(personId)).filter((grant) => grant.sessionId === null || grant.sessionId === sessionId)
      return grants.find((grant) => grant.name !== '' && SIGNING.includes(grant.role))?.name ?? SIGNING.find((role) => roles.includes(role)) ?? 'participant'
    },
    forget(personId) {
      forgotten++
      remembered.delete(personId)
    },
  }
}
