import type { Sanction } from '../../shared/moderation.ts'
import type { Queries } from '../db/database.ts'

export type StoredObjection = { personId: string; reason: string; at: string }

export type ModerationStore = ReturnType<typeof createModerationStore>

/** Sanctions, objections, and the installation's settings. */
export function createModerationStore(db: Queries) {
  return {
    /** Standing sanctions of a session, oldest first. */
    async sanctions(sessionId: string): Promise<Sanction[]> {
      return db.selectFrom('sanctions').select(['author', 'kind', 'reason', 'by', 'at']).where('sessionId', '=', sessionId).orderBy('at').orderBy('author').execute()
    },
    async sanctionOf(sessionId: string, author: string): Promise<Sanction['kind'] | null> {
      return (await db.selectFrom('sanctions').select('kind').where('sessionId', '=', sessionId).where('author', '=', author).executeTakeFirst())?.kind ?? null
    },
    async sanction(sessionId: string, { author, ...values }: Sanction): Promise<void> {
      await db
        .insertInto('sanctions')
        .values({ sessionId, author, ...values })
        .onConflict((conflict) => conflict.columns(['sessionId', 'author']).doUpdateSet(values))
        .execute()
    },
    async lift(sessionId: string, author: string): Promise<void> {
      await db.deleteFrom('sanctions').where('sessionId', '=', sessionId).where('author', '=', author).execute()
    },
    /** Whether anybody wrote anything here under this pseudonym. */
    async hasWritten(sessionId: string, author: string): Promise<boolean> {
      const asked = await db.selectFrom('questions').select('id').where('sessionId', '=', sessionId).where('asker', '=', author).limit(1).executeTakeFirst()
      if (asked) return true
      const said = await db.selectFrom('chatMessages').select('id').where('sessionId', '=', sessionId).where('author', '=', author).limit(1).executeTakeFirst()
      return (said ?? (await db.selectFrom('hands').select('id').where('sessionId', '=', sessionId).where('asker', '=', author).limit(1).executeTakeFirst())) !== undefined
    },

    /** Oldest first. */
    async objections(questionId: string): Promise<StoredObjection[]> {
      return db.selectFrom('objections').select(['personId', 'reason', 'at']).where('questionId', '=', questionId).orderBy('at').orderBy('personId').execute()
    },
    /** By question id: the reasons that one person gave in a session. */
    async objectionsOf(sessionId: string, personId: string): Promise<Record<string, string>> {
      const rows = await db
        .selectFrom('objections')
        .innerJoin('questions', 'questions.id', 'objections.questionId')
        .select(['objections.questionId', 'objections.reason'])
        .where('objections.personId', '=', personId)
        .where('questions.sessionId', '=', sessionId)
        .execute()
      return Object.fromEntries(rows.map(({ questionId, reason }) => [questionId, reason]))
    },
    /** @returns how many object now; `reason` null takes the person's objection back */
    async object(questionId: string, personId: string, reason: string | null, now: string): Promise<number> {
      if (reason === null) await db.deleteFrom('objections').where('questionId', '=', questionId).where('personId', '=', personId).execute()
      else {
        await db
          .insertInto('objections')
          .values({ questionId, personId, reason, at: now })
          .onConflict((conflict) => conflict.columns(['questionId', 'personId']).doUpdateSet({ reason }))
          .execute()
      }
      const { count } = await db.selectFrom('objections').select(({ fn }) => fn.countAll<number>().as('count')).where('questionId', '=', questionId).executeTakeFirstOrThrow()
      return Number(count)
    },

    /** JSON text of one of the installation's settings, or null when nobody chose. */
    async setting(key: string): Promise<string | null> {
      return (await db.selectFrom('settings').select('valueJson').where('key', '=', key).executeTakeFirst())?.valueJson ?? null
    },
    /** How often that setting was changed; 0: never. */
    async settingVersion(key: string): Promise<number> {
      return (await db.selectFrom('settings').select('version').where('key', '=', key).executeTakeFirst())?.version ?? 0
    },
    /** As {@link set}, where nobody changed it since. @returns false when it is not at `expectedVersion` any more */
    async replace(key: string, valueJson: string, expectedVersion: number): Promise<boolean> {
      const written = { valueJson, version: expectedVersion + 1 }
      const result = await db
        .insertInto('settings')
        .values({ key, ...written, at: null, by: null })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(written).where('settings.version', '=', expectedVersion))
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows) === 1
    },
    async set(key: string, valueJson: string): Promise<void> {
      await db
        .insertInto('settings')
        .values({ key, valueJson, version: 1, at: null, by: null })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(({ eb }) => ({ valueJson, version: eb('settings.version', '+', 1) })))
        .execute()
    },
  }
}
