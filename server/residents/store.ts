import type { IdentityMethod, LookUp } from '../../shared/identity.ts'
import type { Queries } from '../db/database.ts'
import type { StoredCode, StoredVerification } from './rules.ts'

/** Kept below SQLite's and PostgreSQL's limits on bound values of one statement. */
const PEOPLE_PER_STATEMENT = 1_000

/** Where something was said from; `sealed` holds address and browser. */
export type StoredActivity = { id: string; at: string; personId: string; sessionId: string; subject: LookUp['subject']; subjectId: string; sealed: string }

export type ResidentStore = ReturnType<typeof createResidentStore>

/** How residents are known, what they agreed to, and where they spoke from. */
export function createResidentStore(db: Queries) {
  return {
    /** By person: how they are known. Whoever is not known is missing. */
    async methodsOf(personIds: readonly string[]): Promise<Map<string, IdentityMethod[]>> {
      const known = new Map<string, IdentityMethod[]>()
      for (let start = 0; start < personIds.length; start += PEOPLE_PER_STATEMENT) {
        const rows = await db.selectFrom('verifications').select(['personId', 'method']).where('personId', 'in', personIds.slice(start, start + PEOPLE_PER_STATEMENT)).execute()
        for (const { personId, method } of rows) known.set(personId, [...(known.get(personId) ?? []), method])
      }
      return known
    },
    /** Oldest first. */
    async ofPerson(personId: string): Promise<StoredVerification[]> {
      return db.selectFrom('verifications').selectAll().where('personId', '=', personId).orderBy('at').orderBy('id').execute()
    },
    async bySubject(subject: string): Promise<StoredVerification | null> {
      return (await db.selectFrom('verifications').selectAll().where('subject', '=', subject).executeTakeFirst()) ?? null
    },
    /** In place of what this person had of the same provider. @returns false when somebody has this subject by now */
    async bind(verification: StoredVerification): Promise<boolean> {
      const { personId, method, provider, subject } = verification
      const result = await db.insertInto('verifications').values(verification).onConflict((conflict) => conflict.column('subject').doNothing()).executeTakeFirst()
      if (result.numInsertedOrUpdatedRows !== 1n) return false
      await db.deleteFrom('verifications').where('personId', '=', personId).where('method', '=', method).where('provider', '=', provider).where('subject', '!=', subject).execute()
      return true
    },
    /** Shown again: what is known is as of now. */
    async seen(id: string, sealed: string, now: string): Promise<void> {
      await db.updateTable('verifications').set({ sealed, seenAt: now }).where('id', '=', id).execute()
    },

    /** When codes went to a number since `since`, newest first. */
    async codesSince(phone: string, since: string): Promise<string[]> {
      const rows = await db.selectFrom('phoneCodes').select('createdAt').where('phone', '=', phone).where('createdAt', '>', since).orderBy('createdAt', 'desc').execute()
      return rows.map(({ createdAt }) => createdAt)
    },
    async insertCode(code: StoredCode): Promise<void> {
      await db.insertInto('phoneCodes').values(code).execute()
    },
    async removeCode(id: string): Promise<void> {
      await db.deleteFrom('phoneCodes').where('id', '=', id).execute()
    },
    async removeCodesBefore(before: string): Promise<void> {
      await db.deleteFrom('phoneCodes').where('createdAt', '<', before).execute()
    },
    /** Counts one try at the last code that this person had sent to a number. @returns null when there is none, or it may not be tried any more */
    async tryCode(personId: string, phone: string, tries: number, now: string): Promise<StoredCode | null> {
      const last = await db.selectFrom('phoneCodes').select('id').where('personId', '=', personId).where('phone', '=', phone).orderBy('createdAt', 'desc').limit(1).executeTakeFirst()
      if (!last) return null
      const row = await db
        .updateTable('phoneCodes')
        .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
        .where('id', '=', last.id)
        .where('attempts', '<', tries)
        .where('expiresAt', '>', now)
        .where('code', '!=', '')
        .returningAll()
        .executeTakeFirst()
      return row ?? null
    },
    /** @returns false when it was used already */
    async useCode(id: string): Promise<boolean> {
      const result = await db.updateTable('phoneCodes').set({ code: '' }).where('id', '=', id).where('code', '!=', '').executeTakeFirst()
      return result.numUpdatedRows === 1n
    },

    /** By person: the last version of the notice that they agreed to. */
    async consentsOf(personIds: readonly string[]): Promise<Map<string, number>> {
      const rows = await db
        .selectFrom('consents')
        .select(({ fn }) => ['personId', fn.max('version').as('version')])
        .where('personId', 'in', personIds)
        .groupBy('personId')
        .execute()
      return new Map(rows.map(({ personId, version }) => [personId, Number(version)]))
    },
    /** The first time counts. */
    async consent(personId: string, version: number, locale: string, now: string): Promise<void> {
      await db
        .insertInto('consents')
        .values({ personId, version, locale, at: now })
        .onConflict((conflict) => conflict.columns(['personId', 'version']).doNothing())
        .execute()
    },
    /** What somebody agreed to in this browser stands for the person that they turned out to be. */
    async carryConsents(fromId: string, toId: string): Promise<void> {
      for (const { version, locale, at } of await db.selectFrom('consents').selectAll().where('personId', '=', fromId).execute()) await this.consent(toId, version, locale, at)
    },

    async noteActivity(activity: StoredActivity): Promise<void> {
      await db.insertInto('activity').values(activity).execute()
    },
    async activityOf(subjectId: string): Promise<StoredActivity | null> {
      return (await db.selectFrom('activity').selectAll().where('subjectId', '=', subjectId).executeTakeFirst()) ?? null
    },
  }
}
