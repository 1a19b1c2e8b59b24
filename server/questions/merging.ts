import { sql } from 'kysely'
import type { Queries } from '../db/database.ts'
import type { StoredQuestion } from './rules.ts'
import { fromRow } from './store.ts'

/** Kept below SQLite's and PostgreSQL's limits on bound values of one statement, beside the ids of all merged questions. */
const PEOPLE_PER_STATEMENT = 5_000

export type MergingStore = ReturnType<typeof createMergingStore>

/**
 * Votes of a question that others were merged into. Each merged question keeps its own voters as they are; on the one that stands for it (its root) there is one row
 * per further voice, with `viaId` naming the merged question through which it came. So every person counts once, and an undo knows what to take away.
 * What is written here costs what is moved, not what the root has: a hundred duplicates are merged in one commit.
 */
export function createMergingStore(db: Queries) {
  const columns = ['questionId', 'personId', 'at', 'viaId', 'address', 'device'] as const

  async function gatherFrom(rootId: string, sourceIds: readonly string[], now: string, people: readonly string[] | null): Promise<number> {
    const voters = await db
      .insertInto('votes')
      .columns([...columns])
      .expression((eb) =>
        eb
          .selectFrom('votes as voice')
          .select([sql.val(rootId).as('questionId'), 'voice.personId', 'voice.at', 'voice.questionId as viaId', 'voice.address', 'voice.device'])
          .where('voice.questionId', 'in', sourceIds)
          .where('voice.viaId', 'is', null)
          .where('voice.setAside', 'is', null)
          .$if(people !== null, (query) => query.where('voice.personId', 'in', people ?? [])),
      )
      .onConflict((conflict) => conflict.columns(['personId', 'questionId']).doNothing())
      .executeTakeFirst()
    const askers = await db
      .insertInto('votes')
      .columns([...columns])
      .expression((eb) =>
        eb
          .selectFrom('questions as source')
          .select([sql.val(rootId).as('questionId'), 'source.personId', sql.val(now).as('at'), 'source.id as viaId', sql.val('').as('address'), sql.val('').as('device')])
          .where('source.id', 'in', sourceIds)
          .$if(people !== null, (query) => query.where('source.personId', 'in', people ?? [])),
      )
      .onConflict((conflict) => conflict.columns(['personId', 'questionId']).doNothing())
      .executeTakeFirst()
    return Number((voters.numInsertedOrUpdatedRows ?? 0n) + (askers.numInsertedOrUpdatedRows ?? 0n))
  }

  return {
    /** Every question that `rootId` stands for, in order of arrival. */
    async under(rootId: string): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('mergedIntoId', '=', rootId).orderBy('number').execute()).map(fromRow)
    },
    /** Their ids. */
    async idsUnder(rootId: string): Promise<string[]> {
      return (await db.selectFrom('questions').select('id').where('mergedIntoId', '=', rootId).execute()).map(({ id }) => id)
    },
    /** What hangs below a merged question, however deep: what it stood for when it was merged. Nearest first. */
    async below(id: string): Promise<StoredQuestion[]> {
      const found: StoredQuestion[] = []
      for (let level = [id]; level.length > 0; ) {
        const rows = await db.selectFrom('questions').selectAll().where('parentId', 'in', level).orderBy('number').execute()
        found.push(...rows.map(fromRow))
        level = rows.map((row) => row.id)
      }
      return found
    },
    /** What hung under `id` hangs under `parentId` from now on. */
    async rehang(id: string, parentId: string | null): Promise<void> {
      await db.updateTable('questions').set({ parentId }).where('parentId', '=', id).execute()
    },

    /**
     * Lets the counted voters and the askers of `sourceIds` count on `rootId`; who has a row there already is left alone.
     * @param people only these, when given: for whoever no longer counts there for another reason
     * @returns how many count there now who did not
     */
    async gather(rootId: string, sourceIds: readonly string[], now: string, people: readonly string[] | null = null): Promise<number> {
      if (sourceIds.length === 0) return 0
      if (people === null) return gatherFrom(rootId, sourceIds, now, null)
      let added = 0
      for (let start = 0; start < people.length; start += PEOPLE_PER_STATEMENT) added += await gatherFrom(rootId, sourceIds, now, people.slice(start, start + PEOPLE_PER_STATEMENT))
      return added
    },

    /**
     * Takes away the voices that count on `rootId` through `sourceIds`.
     * @returns whose they were: who came through another one as well is to be gathered again
     */
    async release(rootId: string, sourceIds: readonly string[]): Promise<string[]> {
      if (sourceIds.length === 0) return []
      const rows = await db.deleteFrom('votes').where('questionId', '=', rootId).where('viaId', 'in', sourceIds).returning('personId').execute()
      return rows.map(({ personId }) => personId)
    },

    /** Whether this person voted for the question, or asked or voted for one that was merged into it. */
    async hasVoice(questionId: string, personId: string): Promise<boolean> {
      return (await db.selectFrom('votes').select('at').where('questionId', '=', questionId).where('personId', '=', personId).executeTakeFirst()) !== undefined
    },
  }
}
