import { randomUUID } from 'node:crypto'
import type { LinkAlarm, LinkUse } from '../../shared/accounts.ts'
import type { Queries } from '../db/database.ts'
import type { StoredLink } from './rules.ts'
import type { Place } from './signIns.ts'

export type LinkStore = ReturnType<typeof createLinkStore>

const COLUMNS = ['id', 'sessionId', 'role', 'guestId', 'name', 'accountId', 'generation', 'expiresAt', 'holder', 'heldAt', 'device', 'revokedAt'] as const
const USES_SHOWN = 10
/** The desk is told all alarms with each new one: whoever has a guest's link could make the list endless. */
const ALARMS_SHOWN = 50
/** Refused attempts from one place within so many milliseconds are one. */
const SAME_ATTEMPT = 60_000

/** Grants that have a link, and what came of the links. */
export function createLinkStore(db: Queries) {
  const all = () => db.selectFrom('grants').select(COLUMNS).where('accountId', 'is', null)
  const links = () => all().where('revokedAt', 'is', null)

  return {
    async byId(id: string): Promise<StoredLink | null> {
      return (await links().where('id', '=', id).executeTakeFirst()) ?? null
    },
    /** Of one session, oldest first, without the revoked. */
    async ofSession(sessionId: string): Promise<StoredLink[]> {
      return links().where('sessionId', '=', sessionId).orderBy('createdAt').orderBy('id').execute()
    },
    /** Guests' links that were revoked, the newest first. */
    async revokedOf(sessionId: string): Promise<StoredLink[]> {
      return all().where('sessionId', '=', sessionId).where('role', '=', 'guest').where('revokedAt', 'is not', null).orderBy('revokedAt', 'desc').orderBy('id').execute()
    },
    async isHeldBy(id: string, personId: string): Promise<boolean> {
      return (await db.selectFrom('personGrants').select('grantId').where('grantId', '=', id).where('personId', '=', personId).executeTakeFirst()) !== undefined
    },
    /** The device that opened it last. */
    async take(id: string, holder: string, device: string, heldAt: string): Promise<void> {
      await db.updateTable('grants').set({ holder, heldAt, device }).where('id', '=', id).execute()
    },
    /** Guests' links that somebody held who cannot come back are free for the next device. */
    async giveBack(holder: string): Promise<void> {
      const held = await db.updateTable('grants').set({ holder: null, heldAt: null, device: null }).where('holder', '=', holder).where('role', '=', 'guest').returning('id').execute()
      if (held.length > 0) await db.deleteFrom('personGrants').where('personId', '=', holder).where('grantId', 'in', held.map(({ id }) => id)).execute()
    },
    async expire(id: string, expiresAt: string | null): Promise<void> {
      await db.updateTable('grants').set({ expiresAt }).where('id', '=', id).execute()
    },
    /** The address used so far is void. */
    async renew(id: string, expiresAt: string | null): Promise<void> {
      await db.updateTable('grants').set(({ eb }) => ({ generation: eb('generation', '+', 1), expiresAt })).where('id', '=', id).execute()
    },

    async use(link: { id: string; sessionId: string | null }, kind: LinkUse['kind'], { device, address }: Place, at: string): Promise<void> {
      await db.insertInto('linkUses').values({ id: randomUUID(), grantId: link.id, sessionId: link.sessionId, kind, at, device, address, seenAt: null }).execute()
    },
    /** From where one link was ever opened. */
    async removeUses(id: string): Promise<void> {
      await db.deleteFrom('linkUses').where('grantId', '=', id).execute()
    },
    /** Whether this very attempt was refused just now. */
    async refusedJustNow(id: string, { address, device }: Place, at: string): Promise<boolean> {
      const since = new Date(Date.parse(at) - SAME_ATTEMPT).toISOString()
      const query = db.selectFrom('linkUses').select('id').where('grantId', '=', id).where('kind', '=', 'refused').where('seenAt', 'is', null).where('at', '>=', since)
      return (await query.where('address', '=', address).where('device', '=', device).executeTakeFirst()) !== undefined
    },
    /** The last uses of each link of a session, newest first. */
    async uses(sessionId: string): Promise<Map<string, LinkUse[]>> {
      const rows = await db.selectFrom('linkUses').select(['grantId', 'at', 'device', 'kind']).where('sessionId', '=', sessionId).orderBy('at', 'desc').limit(1_000).execute()
      const uses = new Map<string, LinkUse[]>()
      for (const { grantId, ...use } of rows) {
        const known = uses.get(grantId) ?? []
        if (known.length < USES_SHOWN) uses.set(grantId, [...known, use])
      }
      return uses
    },
    /** What the desk has not seen yet, oldest first; of very many, the last. */
    async alarms(sessionId: string): Promise<LinkAlarm[]> {
      const rows = await db
        .selectFrom('linkUses')
        .innerJoin('grants', 'grants.id', 'linkUses.grantId')
        .select(['linkUses.id', 'linkUses.grantId as linkId', 'grants.name', 'grants.role', 'linkUses.at', 'linkUses.device', 'linkUses.kind'])
        .where('linkUses.sessionId', '=', sessionId)
        .where('linkUses.seenAt', 'is', null)
        .where('linkUses.kind', '!=', 'opened')
        .orderBy('linkUses.at', 'desc')
        .orderBy('linkUses.id', 'desc')
        .limit(ALARMS_SHOWN)
        .execute()
      return rows.toReversed().flatMap(({ kind, ...alarm }) => (kind === 'opened' ? [] : [{ ...alarm, kind }]))
    },
    /** @returns whether the desk had any alarm of it */
    async see(id: string, at: string): Promise<boolean> {
      const rows = await db.updateTable('linkUses').set({ seenAt: at }).where('grantId', '=', id).where('seenAt', 'is', null).returning('kind').execute()
      return rows.some(({ kind }) => kind !== 'opened')
    },
    /** Who holds something that ended by itself, after `from` and until `to`. */
    async expired(from: string, to: string): Promise<string[]> {
      const rows = await db
        .selectFrom('grants')
        .innerJoin('personGrants', 'personGrants.grantId', 'grants.id')
        .select('personGrants.personId')
        .where('grants.expiresAt', '>', from)
        .where('grants.expiresAt', '<=', to)
        .execute()
      return [...new Set(rows.map(({ personId }) => personId))]
    },
  }
}
