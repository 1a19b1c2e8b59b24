import { randomUUID } from 'node:crypto'
import type { Grant } from '../../shared/accounts.ts'
import { linkExpiry, movedExpiry } from '../accounts/rules.ts'
import type { SessionCommit } from './commit.ts'

const grantFor = (sessionId: string, over: Partial<Grant> & Pick<Grant, 'role'>): Grant => ({ id: randomUUID(), sessionId, guestId: null, name: '', accountId: null, ...over })

/** Links of a new session: one for a host, one for a moderator. Whoever made it with an account of their own is its host by that. */
export async function openGrants(tx: SessionCommit, creator: string): Promise<void> {
  const sessionId = tx.session.id
  for (const role of ['host', 'moderator'] as const) await tx.accounts.insertGrant(grantFor(sessionId, { role }), tx.now, linkExpiry(tx.session, tx.now))
  const account = await tx.accounts.colleague(creator)
  if (!account) return
  const grant = grantFor(sessionId, { role: 'host', name: account.name, accountId: creator })
  await tx.accounts.insertGrant(grant, tx.now)
  await tx.accounts.hold(creator, grant.id, tx.now)
}

/**
 * Keeps one link per guest: new guests get one, renamed ones keep theirs, removed ones lose it, with whoever holds it.
 * @returns who lost their role
 */
export async function syncGuestGrants(tx: SessionCommit): Promise<string[]> {
  const existing = (await tx.accounts.grantsOfSession(tx.session.id)).filter((grant) => grant.role === 'guest')
  for (const guest of tx.session.guests) {
    const grant = existing.find((candidate) => candidate.guestId === guest.id)
    if (!grant) await tx.accounts.insertGrant(grantFor(tx.session.id, { role: 'guest', name: guest.name, guestId: guest.id }), tx.now, linkExpiry(tx.session, tx.now))
    else if (grant.name !== guest.name) await tx.accounts.rename(grant.id, guest.name)
  }
  const losing: string[] = []
  for (const grant of existing) {
    if (!tx.session.guests.some((guest) => guest.id === grant.guestId)) losing.push(...(await tx.accounts.revoke(grant.id, tx.now)))
  }
  for (const personId of losing) await tx.rights.shrank(personId, 'revoked', tx.now)
  return losing
}

/** After the session was moved: its links serve as long as it needs them. */
export async function moveLinks(tx: SessionCommit): Promise<void> {
  for (const link of await tx.links.ofSession(tx.session.id)) {
    const expiresAt = movedExpiry(link, tx.session, tx.now)
    if (expiresAt !== link.expiresAt) await tx.links.expire(link.id, expiresAt)
  }
}
