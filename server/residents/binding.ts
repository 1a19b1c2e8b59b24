import { randomUUID } from 'node:crypto'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Identity } from '../accounts/identity.ts'
import type { OpenedSignIn, Place, SignInStore } from '../accounts/signIns.ts'
import type { AccountStore } from '../accounts/store.ts'
import type { Vault } from '../accounts/vault.ts'
import { subjectOf } from './rules.ts'
import type { KnownAs, StoredVerification } from './rules.ts'
import type { ResidentStore } from './store.ts'

const PURPOSE = 'verification'

/** What was proven, and by whom: this browser, now. `provider`: the provider's id, or `sms`. */
type Proof = { asker: Identity; place: Place; provider: string; known: KnownAs }
/** `signIn`: what the browser's cookie has to say from now on; null: nothing new. */
export type Bound = { personId: string; signIn: OpenedSignIn | null }

export type BindingStores = { residents: ResidentStore; signIns: SignInStore; accounts: Pick<AccountStore, 'account' | 'heldBy'> }
export type Bind = (stores: BindingStores, proof: Proof, now: string) => Promise<Bound>

/** @returns null when it was sealed under another secret */
export function openKnown(vault: Vault, sealed: string): KnownAs | null {
  const opened = vault.open(PURPOSE, sealed)
  return opened === null ? null : (JSON.parse(opened) as KnownAs)
}

/** An account that is disabled may be enabled again. */
const hasRole = async (accounts: BindingStores['accounts'], personId: string) => (await accounts.heldBy([personId])).has(personId) || (await accounts.account(personId)) !== null

/**
 * Who shows what nobody showed before becomes known by it, and is guarded; who shows what a person is known by is that person, and this browser is signed in as them.
 * Staff, and whoever came by a link, stay who they are: what another person is known by is refused as `taken`. And nobody becomes somebody with a role this way: a message to
 * a phone is no password and no second factor, and a guest's link serves one device at a time.
 */
export function createBind(vault: Vault): Bind {
  return async ({ residents, signIns, accounts }, { asker, place, provider, known }, now) => {
    const subject = vault.digest(PURPOSE, subjectOf(known))
    const sealed = vault.seal(PURPOSE, JSON.stringify(known))
    const fresh: StoredVerification = { id: randomUUID(), personId: asker.personId, method: known.method, provider, subject, sealed, at: now, seenAt: now }
    const before = await residents.bySubject(subject)
    const former = before ? [] : await residents.ofPerson(asker.personId)
    const existing = before ?? ((await residents.bind(fresh)) ? null : await residents.bySubject(subject))
    const personId = existing?.personId ?? asker.personId
    if (personId !== asker.personId && (await hasRole(accounts, personId))) throw new RefusedError('taken')
    if (existing) await residents.seen(existing.id, sealed, now)
    if (asker.kind === 'staff' || asker.kind === 'link') {
      if (personId !== asker.personId) throw new RefusedError('taken')
      return { personId, signIn: null }
    }
    if (personId !== asker.personId) await residents.carryConsents(asker.personId, personId)
    // Known by something else than before: whoever has another browser of this person's may be whose number it was.
    else if (!existing && former.some((known) => known.provider === provider)) await signIns.closeAllOf(personId, 'changed', now, asker.signInId)
    // With more than before the browser gets another token, whoever it is.
    const signIn =
      asker.signInId !== null && personId === asker.personId
        ? await signIns.renew(asker.signInId, now)
        : await signIns.open({ personId, kind: 'resident', replaces: asker.signInId, ...place }, now)
    return { personId, signIn }
  }
}
