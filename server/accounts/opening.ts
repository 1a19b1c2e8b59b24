import type { LinkInUse, OpenLink, OpenedLink } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { AuditStore } from '../audit/store.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import type { Identity } from './identity.ts'
import type { LinkStore } from './linkStore.ts'
import { OPERATOR, isOperator } from './operator.ts'
import type { RightsStore } from './rights.ts'
import { landing, readClaim } from './rules.ts'
import type { StoredLink } from './rules.ts'
import type { OpenedSignIn, Place, SignInStore } from './signIns.ts'
import type { AccountStore } from './store.ts'
import type { Signer } from './tokens.ts'

/** What opening a link needs of a transaction. */
export type LinkStores = { now: string; accounts: AccountStore; links: LinkStore; signIns: SignInStore; rights: RightsStore; audit: AuditStore }
/** `signIn`: what the browser's cookie has to say from now on; null: as before. */
export type Opening = { link: OpenedLink; signIn: OpenedSignIn | null }

type Outcome = { kind: 'opened'; opening: Opening; dropped: string | null } | { kind: 'in_use'; current: LinkInUse; noted: boolean }

/** Opens signed links: gives this browser's person what they stand for. A guest's is held by one person at a time. */
export function createLinkOpening(deps: {
  signer: Signer
  read: LinkStore
  commit: CommitToSession
  /** For links of the installation, which belong to no session. */
  writing: <T>(work: (stores: LinkStores) => Promise<T>) => Promise<T>
  limit: RateLimiter
  forget: (personId: string) => void
}) {
  const { signer, read, commit, writing, limit, forget } = deps

  /** @throws RefusedError `link_invalid` */
  function claimed(token: string): { id: string; generation: number } {
    const claim = signer.open('link', token)
    const found = claim === null ? null : readClaim(claim)
    if (!found) throw new RefusedError('link_invalid')
    return found
  }

  /** Whoever holds the link now, if that is somebody else; `here`: they are still signed in somewhere. */
  async function rival(tx: LinkStores, link: StoredLink, personId: string): Promise<{ personId: string; here: boolean } | null> {
    if (link.role !== 'guest' || link.holder === null || link.holder === personId) return null
    return { personId: link.holder, here: (await tx.signIns.ofPerson(link.holder, tx.now)).length > 0 }
  }

  async function give(tx: LinkStores, { personId, signInId, kind }: Identity, link: StoredLink, place: Place): Promise<OpenedSignIn | null> {
    for (const id of isOperator(link.id) ? OPERATOR.map((grant) => grant.id) : [link.id]) await tx.accounts.hold(personId, id, tx.now)
    await tx.links.take(link.id, personId, place.device, tx.now)
    // Other browsers of a resident did not open the link: they get nothing of it, and a guest's is on one device at a time.
    if (kind === 'resident') await tx.signIns.closeAllOf(personId, 'changed', tx.now, signInId)
    // A token that was known before the browser had these rights is worth nothing after it.
    return signInId === null || kind === null ? tx.signIns.open({ personId, kind: 'link', ...place, replaces: null }, tx.now) : tx.signIns.renew(signInId, tx.now)
  }

  async function open(tx: LinkStores, identity: Identity, claim: { id: string; generation: number }, move: boolean, place: Place): Promise<Outcome> {
    const link = await tx.links.byId(claim.id)
    if (!link || link.generation !== claim.generation || (link.expiresAt !== null && link.expiresAt <= tx.now)) throw new RefusedError('link_invalid')
    const opened: OpenedLink = { path: landing(link), role: link.role, name: link.name }
    if (identity.signInId !== null && (await tx.links.isHeldBy(link.id, identity.personId))) return { kind: 'opened', opening: { link: opened, signIn: null }, dropped: null }
    const other = await rival(tx, link, identity.personId)
    if (other?.here && !move) {
      const known = await tx.links.refusedJustNow(link.id, place, tx.now)
      if (!known) await tx.links.use(link, 'refused', place, tx.now)
      return { kind: 'in_use', current: { name: link.name, role: link.role, device: link.device ?? '', since: link.heldAt ?? tx.now }, noted: !known }
    }
    if (other) {
      await tx.accounts.drop(link.id)
      await tx.rights.shrank(other.personId, 'moved', tx.now)
    }
    const signIn = await give(tx, identity, link, place)
    const kind = other ? 'moved' : 'opened'
    await tx.links.use(link, kind, place, tx.now)
    const { personId } = identity
    // Who attends is a resident: the log of staff's acts names no such person.
    const resident = link.role === 'representative'
    const who = resident ? link.role : link.name || link.role
    await tx.audit.append({ actor: who, actorId: resident ? null : personId, address: place.address, action: 'link_used', subject: who, sessionId: link.sessionId, detail: { role: link.role, kind, device: place.device } }, tx.now)
    return { kind: 'opened', opening: { link: opened, signIn }, dropped: other?.personId ?? null }
  }

  return {
    /**
     * Anybody who has the link may. The caller hands `signIn` to `signInHere`. Opening it again in the same browser changes nothing.
     * @throws RefusedError `link_invalid` when it is forged, revoked, renewed or past its time, `link_in_use` with `current`, `rate_limited`
     */
    async open(identity: Identity, { token, move }: OpenLink, place: Place): Promise<Opening> {
      await limit.take(place.address)
      const claim = claimed(token)
      const link = await read.byId(claim.id)
      if (!link) throw new RefusedError('link_invalid')
      const outcome = await (link.sessionId === null
        ? writing((tx) => open(tx, identity, claim, move, place))
        : commit(link.sessionId, async (tx) => {
            const done = await open(tx, identity, claim, move, place)
            if (done.kind === 'opened' ? done.dropped !== null : done.noted) tx.emit('desk', { type: 'link_alarms', alarms: await tx.links.alarms(tx.session.id) })
            return done
          }))
      if (outcome.kind === 'in_use') throw new RefusedError('link_in_use', { current: outcome.current })
      forget(identity.personId)
      if (outcome.dropped !== null) forget(outcome.dropped)
      return outcome.opening
    },
  }
}
export type LinkOpening = ReturnType<typeof createLinkOpening>
