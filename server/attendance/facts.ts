import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { sessionView } from '../sessions/rules.ts'
import type { StoredSession } from '../sessions/rules.ts'
import type { StoredAttendee } from './rules.ts'

/** @throws RefusedError `wrong_state` for an interview, which nobody attends */
export function requireSymposium(session: StoredSession): void {
  if (session.kind !== 'symposium') throw new RefusedError('wrong_state', { current: sessionView(session) })
}

/** Whether places are still given and given back: until the session is over. */
export const takesReplies = ({ phase }: Pick<StoredSession, 'phase'>): boolean => phase !== 'ended' && phase !== 'archived' && phase !== 'cancelled'

/** @throws RefusedError `wrong_state` for an interview, `closed` once the session is over */
export function requireOpen(session: StoredSession): void {
  requireSymposium(session)
  if (!takesReplies(session)) throw new RefusedError('closed', { current: sessionView(session) })
}

/** Takes the link of somebody's invitation, with everything they hold by it. @returns who loses by it */
export async function takeLink(tx: SessionCommit, { grantId }: Pick<StoredAttendee, 'grantId'>): Promise<string[]> {
  if (grantId === null) return []
  const people = await tx.accounts.revoke(grantId, tx.now)
  for (const personId of people) await tx.rights.shrank(personId, 'revoked', tx.now)
  return people
}
