import type { InvitationPurpose } from '../../shared/staff.ts'
import type { Queries } from '../db/database.ts'
import type { InvitationRow } from '../db/schema.ts'

export type InvitationStore = ReturnType<typeof createInvitationStore>
/** One that serves or has expired; `token` is a digest. */
export type StoredInvitation = Omit<InvitationRow, 'usedAt' | 'revokedAt'>

const COLUMNS = ['id', 'purpose', 'token', 'accountId', 'name', 'role', 'departmentId', 'by', 'byId', 'createdAt', 'expiresAt'] as const

export function createInvitationStore(db: Queries) {
  const waiting = () => db.selectFrom('invitations').select(COLUMNS).where('usedAt', 'is', null).where('revokedAt', 'is', null)
  return {
    /** Under an id that is taken: its link is replaced, as long as nobody has used or revoked it. @returns false when somebody has */
    async put(invitation: StoredInvitation): Promise<boolean> {
      const { token, by, byId, createdAt, expiresAt } = invitation
      const result = await db
        .insertInto('invitations')
        .values({ ...invitation, usedAt: null, revokedAt: null })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ token, by, byId, createdAt, expiresAt }).where('invitations.usedAt', 'is', null).where('invitations.revokedAt', 'is', null).where('invitations.purpose', '=', invitation.purpose))
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows) === 1
    },
    /** By the digest of its token, while it serves. */
    async serving(token: string, at: string): Promise<StoredInvitation | null> {
      return (await waiting().where('token', '=', token).where('expiresAt', '>', at).executeTakeFirst()) ?? null
    },
    async byId(id: string): Promise<StoredInvitation | null> {
      return (await waiting().where('id', '=', id).executeTakeFirst()) ?? null
    },
    /** Uses it up: of several at once, one succeeds. */
    async use(id: string, at: string): Promise<boolean> {
      const result = await db.updateTable('invitations').set({ usedAt: at }).where('id', '=', id).where('usedAt', 'is', null).where('revokedAt', 'is', null).where('expiresAt', '>', at).executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    /** Newest first, those that expired after `since` among them. */
    async list(since: string): Promise<StoredInvitation[]> {
      return waiting().where('purpose', '!=', 'setup').where('expiresAt', '>', since).orderBy('createdAt', 'desc').orderBy('id').execute()
    },
    /** @returns false when there was none to revoke */
    async revoke(id: string, at: string): Promise<boolean> {
      const result = await db.updateTable('invitations').set({ revokedAt: at }).where('id', '=', id).where('usedAt', 'is', null).where('revokedAt', 'is', null).executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    /** Those of one purpose, of one account or of nobody's, serve no longer. */
    async revokeAll(purpose: InvitationPurpose, accountId: string | null, at: string): Promise<void> {
      const query = db.updateTable('invitations').set({ revokedAt: at }).where('purpose', '=', purpose).where('usedAt', 'is', null).where('revokedAt', 'is', null)
      await (accountId === null ? query : query.where('accountId', '=', accountId)).execute()
    },
    /** All that one person made, of whatever purpose. */
    async revokeMadeBy(personId: string, at: string): Promise<void> {
      await db.updateTable('invitations').set({ revokedAt: at }).where('byId', '=', personId).where('usedAt', 'is', null).where('revokedAt', 'is', null).execute()
    },
  }
}
