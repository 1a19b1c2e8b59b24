import type { IdentityMethod, IdentityRule } from '../../shared/identity.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Actor } from '../../shared/rules/permissions.ts'
import { isResident, satisfies } from '../../shared/rules/identity.ts'
import type { Consents } from './consents.ts'
import { mayTakePart } from './rules.ts'
import type { ResidentStore } from './store.ts'

/** What of a commit says how well people must be known, and are. */
type Asking = { session: { settings: { identity: IdentityRule } }; residents: Pick<ResidentStore, 'methodsOf'> }

const required = (rule: IdentityRule) => new RefusedError('identity_required', { current: rule })

/** @throws RefusedError `identity_required` with the session's rule */
export async function requireKnown(tx: Asking, actor: Actor): Promise<void> {
  const rule = tx.session.settings.identity
  if (rule === 'anonymous' || !isResident(actor)) return
  const known = await tx.residents.methodsOf([actor.personId])
  if (!mayTakePart(actor, rule, known.get(actor.personId) ?? [])) throw required(rule)
}

/**
 * For a crowd that acts in one commit: one reading for all of it, none where nobody is asked.
 * @param people the residents among them; whoever has a role is known by it
 * @returns the refusal of each who is not known well enough
 */
export async function unknownAmong(tx: Asking, people: Iterable<string>): Promise<Map<string, RefusedError>> {
  const rule = tx.session.settings.identity
  const asked = [...new Set(people)]
  if (rule === 'anonymous' || asked.length === 0) return new Map()
  const known = await tx.residents.methodsOf(asked)
  const none: IdentityMethod[] = []
  return new Map(asked.filter((personId) => !satisfies(rule, known.get(personId) ?? none)).map((personId) => [personId, required(rule)]))
}

/** Whoever was given a role here came by it with duties of its own; residents are asked. @throws RefusedError `consent_required` with the version to agree to */
export async function requireConsent(consents: Pick<Consents, 'require'>, actor: Actor): Promise<void> {
  if (isResident(actor)) await consents.require(actor.personId)
}
