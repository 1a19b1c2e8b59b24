import type { ActOnLink, CreateLink, Grant, SignInLink } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Guest } from '../../shared/sessions.ts'
import { auditActor } from '../audit/actor.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import type { Access } from './access.ts'
import type { LinkStore } from './linkStore.ts'
import { linkClaim, linkExpiry, linkView, withoutLink } from './rules.ts'
import type { StoredLink } from './rules.ts'
import type { Signer } from './tokens.ts'

/** The address that signs in whoever opens it. */
export const linkAddress =
  (deps: { signer: Signer; publicUrl: string }) =>
  (link: { id: string; generation: number }): string =>
    `${deps.publicUrl}/in/${deps.signer.sign('link', linkClaim(link))}`

/** Those who attend have links of their own, which whoever arranges that hands on: they are no part of a session's team. */
const ofTeam = ({ role }: Pick<StoredLink, 'role'>): boolean => role !== 'representative'

/** Links of a session: who has one, until when, and what came of it. Nothing of a link's token is kept: it is signed anew whenever somebody may see it. */
export function createLinkService(deps: {
  access: Access
  signer: Signer
  publicUrl: string
  read: LinkStore
  guestsOf: (sessionId: string) => Promise<Guest[] | null>
  commit: CommitToSession
  forget: (personId: string) => void
  now: () => Date
}) {
  const { access, read, guestsOf, commit, forget, now } = deps

  /** @returns who loses by it */
  async function act(tx: SessionCommit, link: StoredLink, input: ActOnLink): Promise<string[]> {
    switch (input.action) {
      case 'seen':
        return []
      case 'renew':
        await tx.links.renew(link.id, link.expiresAt === null ? null : linkExpiry(tx.session, tx.now))
        if (link.revokedAt !== null) await tx.accounts.restore(link.id)
        return tx.accounts.drop(link.id)
      case 'revoke':
        return tx.accounts.revoke(link.id, tx.now)
      case 'expire':
        await tx.links.expire(link.id, input.at)
        return input.at !== null && input.at <= tx.now ? tx.accounts.drop(link.id) : []
    }
  }

  /** One that serves, or that a guest who is still invited lost. */
  async function find(tx: SessionCommit, linkId: string): Promise<StoredLink | undefined> {
    const links = (await tx.links.ofSession(tx.session.id)).filter(ofTeam)
    return links.find(({ id }) => id === linkId) ?? withoutLink(tx.session.guests, links, await tx.links.revokedOf(tx.session.id)).find(({ id }) => id === linkId)
  }

  const urlOf = linkAddress(deps)

  /** Hosts and moderators first, then the guests as the session lists them. */
  async function view(sessionId: string): Promise<SignInLink[]> {
    const [serving, revoked, guests, uses] = await Promise.all([read.ofSession(sessionId), read.revokedOf(sessionId), guestsOf(sessionId), read.uses(sessionId)])
    const links = [...serving.filter(ofTeam), ...withoutLink(guests ?? [], serving, revoked)]
    const at = now().toISOString()
    const place = (link: Grant) => guests?.findIndex((guest) => guest.id === link.guestId) ?? -1
    return links.toSorted((a, b) => place(a) - place(b) || a.role.localeCompare(b.role)).map((link) => linkView(link, urlOf(link), uses.get(link.id) ?? [], at))
  }

  const service = {
    /** The address that signs whoever opens it in; null when there is no such link. */
    async address(linkId: string): Promise<string | null> {
      const link = await read.byId(linkId)
      return link && urlOf(link)
    },

    /** @throws RefusedError `forbidden` */
    async list(personId: string, sessionId: string): Promise<SignInLink[]> {
      await access.require(personId, sessionId, 'session.links')
      return view(sessionId)
    },

    /**
     * A further link of a session. A retry with the same id makes nothing twice.
     * @throws RefusedError `forbidden`, `not_found`, `stale` when the id is another link's
     */
    async create(personId: string, sessionId: string, { id, role, name }: CreateLink, address: string): Promise<SignInLink[]> {
      await access.require(personId, sessionId, 'session.links')
      const actor = await auditActor(access, personId, address)
      await commit(sessionId, async (tx) => {
        const known = await tx.accounts.grantById(id)
        if (known && (known.sessionId !== sessionId || known.role !== role)) throw new RefusedError('stale')
        if (known) return
        await tx.accounts.insertGrant({ id, sessionId, role, guestId: null, name, accountId: null }, tx.now, linkExpiry(tx.session, tx.now))
        await tx.audit.append({ ...actor, action: 'link', subject: name || role, sessionId, detail: { what: 'create', role } }, tx.now)
      })
      return service.list(personId, sessionId)
    },

    /** @throws RefusedError `forbidden`, `not_found` */
    async act(personId: string, sessionId: string, linkId: string, input: ActOnLink, address: string): Promise<SignInLink[]> {
      await access.require(personId, sessionId, 'session.links')
      const actor = await auditActor(access, personId, address)
      const losing = await commit(sessionId, async (tx) => {
        const link = await find(tx, linkId)
        // All that a revoked link can be is renewed.
        if (!link || (link.revokedAt !== null && input.action !== 'renew')) throw new RefusedError('not_found')
        const people = await act(tx, link, input)
        for (const loser of people) await tx.rights.shrank(loser, 'revoked', tx.now)
        if (input.action !== 'expire' && (await tx.links.see(linkId, tx.now))) tx.emit('desk', { type: 'link_alarms', alarms: await tx.links.alarms(sessionId) })
        if (input.action !== 'seen') await tx.audit.append({ ...actor, action: 'link', subject: link.name || link.role, sessionId, detail: { what: input.action, role: link.role, until: input.action === 'expire' ? input.at : null } }, tx.now)
        return people
      })
      for (const loser of losing) forget(loser)
      // Whoever renewed the link that they came by needs its new address, and may no longer ask for it.
      return view(sessionId)
    },
  }
  return service
}
export type LinkService = ReturnType<typeof createLinkService>
