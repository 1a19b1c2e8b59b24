import { randomBytes, randomUUID } from 'node:crypto'
import type { RevokeReason, SignedIn } from '../../shared/accounts.ts'
import type { Queries } from '../db/database.ts'
import type { SignInRow } from '../db/schema.ts'
import { expiryOf } from './lifetimes.ts'
import { createLinkStore } from './linkStore.ts'
import { WITHOUT_SIGN_IN, createRightsStore } from './rights.ts'
import type { Vault } from './vault.ts'

/** From where somebody acts: a network address, and a browser in a few words (see device.ts). */
export type Place = { address: string; device: string }
/** `token` goes into the browser's cookie and nowhere else. */
export type OpenedSignIn = { id: string; token: string; kind: SignedIn }

export type SignInStore = ReturnType<typeof createSignInStore>

/** Kept below SQLite's and PostgreSQL's limits on bound values of one statement. */
const IDS_PER_STATEMENT = 1_000

/** 256 random bits. */
const newToken = () => randomBytes(32).toString('base64url')
export const tokenDigest = (vault: Vault, token: string) => vault.digest('sign-in', token)

/**
 * Browsers that are signed in. Within the transaction of the act: `createSignInStore(tx, vault)`. Only digests of tokens are at rest.
 * Whatever closes a sign-in also cuts its connections in every process, within a second.
 */
export function createSignInStore(db: Queries, vault: Vault) {
  const rights = createRightsStore(db)
  const links = createLinkStore(db)

  async function remove({ id, personId, kind }: Pick<SignInRow, 'id' | 'personId' | 'kind'>, reason: RevokeReason, at: string): Promise<void> {
    await db.deleteFrom('signIns').where('id', '=', id).execute()
    await rights.shrank(personId, reason, at, id)
    if (kind !== 'link' || (await db.selectFrom('signIns').select('id').where('personId', '=', personId).executeTakeFirst())) return
    // Nobody can be this person again: a link leads to a new one.
    await links.giveBack(personId)
  }

  /** A sign-in is over. Nothing happens when it is not there. */
  async function close(id: string, reason: RevokeReason, at: string): Promise<void> {
    const signIn = await db.selectFrom('signIns').select(['id', 'personId', 'kind']).where('id', '=', id).executeTakeFirst()
    if (signIn) await remove(signIn, reason, at)
  }

  /** From now on the anonymous cookie of this person says nothing by itself, for good; connections that came with it are cut. */
  async function guard(personId: string, at: string): Promise<void> {
    const added = await db.insertInto('guardedPeople').values({ personId, at }).onConflict((conflict) => conflict.column('personId').doNothing()).executeTakeFirst()
    if (Number(added.numInsertedOrUpdatedRows) > 0) await rights.shrank(personId, 'changed', at, WITHOUT_SIGN_IN)
  }

  return {
    close,
    guard,

    /**
     * Signs a browser in as `personId`, who is guarded from now on. `replaces`: the sign-in that this browser had until now (`identityOf(response).signInId`), of whomever; it ends.
     * The caller hands the answer to `signInHere(response, …)` after the commit.
     */
    async open({ personId, kind, address, device, replaces }: { personId: string; kind: SignedIn; replaces: string | null } & Place, at: string): Promise<OpenedSignIn> {
      await guard(personId, at)
      const opened = { id: randomUUID(), token: newToken(), kind }
      const times = { rotatedAt: at, createdAt: at, seenAt: at, expiresAt: expiryOf(kind, at, at) }
      await db.insertInto('signIns').values({ id: opened.id, personId, kind, token: tokenDigest(vault, opened.token), previous: null, ...times, address, device }).execute()
      // After the new one: somebody who changes how they are signed in stays who they are.
      if (replaces) await close(replaces, 'changed', at)
      return opened
    },

    /**
     * Another token for the same sign-in, after its privileges changed: the one before is void at once. The caller hands the answer to `signInHere`.
     * @returns null when there is no such sign-in any more
     */
    async renew(id: string, at: string): Promise<OpenedSignIn | null> {
      const token = newToken()
      const row = await db.updateTable('signIns').set({ token: tokenDigest(vault, token), previous: null, rotatedAt: at }).where('id', '=', id).returning('kind').executeTakeFirst()
      return row ? { id, token, kind: row.kind } : null
    },

    /** As {@link renew}, in the course of time: the token with `digest`, which the browser brought, serves for a moment, for requests under way. @returns null when another request was first */
    async rotate({ id, token: present }: Pick<SignInRow, 'id' | 'token'>, digest: string, at: string): Promise<OpenedSignIn | null> {
      const token = newToken()
      const next = { token: tokenDigest(vault, token), previous: digest, rotatedAt: at }
      const row = await db.updateTable('signIns').set(next).where('id', '=', id).where('token', '=', present).returning('kind').executeTakeFirst()
      return row ? { id, token, kind: row.kind } : null
    },

    /** Every sign-in of a person ends, but for `exceptId`. @returns how many did */
    async closeAllOf(personId: string, reason: RevokeReason, at: string, exceptId: string | null = null): Promise<number> {
      const all = await db.selectFrom('signIns').select(['id', 'personId', 'kind']).where('personId', '=', personId).execute()
      const closing = all.filter(({ id }) => id !== exceptId)
      for (const signIn of closing) await remove(signIn, reason, at)
      return closing.length
    },

    /** Those of one person that still count, last used first. */
    async ofPerson(personId: string, at: string): Promise<SignInRow[]> {
      return db.selectFrom('signIns').selectAll().where('personId', '=', personId).where('expiresAt', '>', at).orderBy('seenAt', 'desc').execute()
    },

    /** By digest, whether of a present token or of the one before. */
    async byDigests(digests: readonly string[]): Promise<Map<string, SignInRow>> {
      const rows = await db.selectFrom('signIns').selectAll().where(({ or, eb }) => or([eb('token', 'in', digests), eb('previous', 'in', digests)])).execute()
      return new Map(rows.flatMap((row) => [row.token, ...(row.previous === null ? [] : [row.previous])].map((digest) => [digest, row] as const)))
    },

    /** Who of these is guarded. */
    async guarded(personIds: readonly string[]): Promise<Map<string, boolean>> {
      const rows = await db.selectFrom('guardedPeople').select('personId').where('personId', 'in', personIds).execute()
      return new Map(rows.map(({ personId }) => [personId, true]))
    },

    /** They were used just now. */
    async touch(ids: readonly string[], at: string): Promise<void> {
      for (const { id, kind, createdAt } of await db.selectFrom('signIns').select(['id', 'kind', 'createdAt']).where('id', 'in', ids).execute())
        await db.updateTable('signIns').set({ seenAt: at, expiresAt: expiryOf(kind, createdAt, at) }).where('id', '=', id).execute()
    },

    /** Which of these there are. */
    async present(ids: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>()
      for (let start = 0; start < ids.length; start += IDS_PER_STATEMENT) {
        const rows = await db.selectFrom('signIns').select('id').where('id', 'in', ids.slice(start, start + IDS_PER_STATEMENT)).execute()
        for (const { id } of rows) found.add(id)
      }
      return found
    },

    /** Whose sign-ins ended by themselves, after `from` and until `to`. */
    async expired(from: string, to: string): Promise<{ id: string; personId: string }[]> {
      return db.selectFrom('signIns').select(['id', 'personId']).where('expiresAt', '>', from).where('expiresAt', '<=', to).execute()
    },
    async removeExpired(at: string): Promise<void> {
      await db.deleteFrom('signIns').where('expiresAt', '<=', at).execute()
    },
  }
}
