import { questionStateSchema } from '../../shared/questions.ts'
import { isPublic } from '../../shared/rules/questionLifecycle.ts'
import type { Candidate } from '../../shared/rules/selection.ts'
import type { Queries } from '../db/database.ts'
import { fromRow } from '../questions/store.ts'
import type { StoredQuestion } from '../questions/rules.ts'

const PUBLIC_STATES = questionStateSchema.options.filter(isPublic)

export type OutcomeStore = ReturnType<typeof createOutcomeStore>

/** What became of questions, whole sessions at a time. Reads only. */
export function createOutcomeStore(db: Queries) {
  return {
    /** Every question ever received, by number, the withdrawn too. */
    async everyQuestion(sessionId: string): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).orderBy('number').execute()).map(fromRow)
    },

    /**
     * Who counts for the selection rule: was open to votes at some time and is neither withdrawn nor merged into another. The ledger knows, also of those that were taken back
     * to review; `publicAt` is then when they were first open.
     */
    async candidates(sessionId: string): Promise<Candidate[]> {
      const opened = await db
        .selectFrom('ledger')
        .select(({ fn }) => ['number', fn.min('at').as('at')])
        .where('sessionId', '=', sessionId)
        .where('subject', '=', 'question')
        .where('toState', 'in', PUBLIC_STATES)
        .groupBy('number')
        .execute()
      const firstOpen = new Map(opened.map(({ number, at }) => [number, at]))
      const rows = await db
        .selectFrom('questions')
        .select(['id', 'number', 'state', 'votes', 'publicAt', 'askedAt', 'answeredAt', 'topicId'])
        .where('sessionId', '=', sessionId)
        .where('state', 'not in', ['withdrawn', 'merged'])
        .execute()
      return rows.flatMap((row) => {
        const at = row.publicAt ?? firstOpen.get(row.number)
        return at === undefined ? [] : [{ ...row, publicAt: at }]
      })
    },
  }
}
