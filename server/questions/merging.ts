import { sql } from 'kysely'
import type { Queries } from '../db/database.ts'
import type { StoredQuestion } from './rules.ts'
import { fromRow } from './store.ts'

export type MergingStore = ReturnType<typeof createMergingStore>

/**
 * Votes of a question that others were merged into. Each merged question keeps its own voters as they are; on the one that stands for it (its root) there is one row
 * per further voice, with `viaId` naming the merged question through which it came. So every person counts once, and an undo knows what to take away.
 */
export function createMergingStore(db: Queries) {
  return {
    /** Every question that `rootId` stands for, in order of arrival. */
    async under(rootId: string): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('mergedIntoId', '=', rootId).orderBy('number').execute()).map(fromRow)
    },

    /**
     * Lets the counted voters and the askers of `sourceIds` count on `rootId`; who has a row there already is left alone.
     * @param people only these, when given: for whoever took their own vote on the root back
     */
    async gather(rootId: string, sourceIds: readonly string[], now: string, people: readonly string[] | null = null): Promise<void> {
      if (sourceIds.length === 0 || people?.length === 0) return
      const columns = ['questionId', 'personId', 'at', 'viaId', 'address', 'device'] as const
      await db
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
        .execute()
      await db
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
        .execute()
    },

    /** Takes away the voices that count on `rootId` through `sourceIds`. Those who also came through another one come back with the next {@link gather}. */
    async release(rootId: string, sourceIds: readonly string[]): Promise<void> {
      if (sourceIds.length > 0) await db.deleteFrom('votes').where('questionId', '=', rootId).where('viaId', 'in', sourceIds).execute()
    },

    /** Whether this person voted for the question, or asked or voted for one that was merged into it. */
    async hasVoice(questionId: string, personId: string): Promise<boolean> {
      return (await db.selectFrom('votes').select('at').where('questionId', '=', questionId).where('personId', '=', personId).executeTakeFirst()) !== undefined
    },
  }
}
