import type { QuestionState, SimilarQuestion } from '../../shared/questions.ts'
import type { Queries } from '../db/database.ts'

export type SimilarStore = ReturnType<typeof createSimilarStore>

export function createSimilarStore(db: Queries) {
  return {
    /** The texts of the session's questions in these states, in order of arrival. */
    async texts(sessionId: string, states: readonly QuestionState[]): Promise<{ id: string; text: string }[]> {
      return db.selectFrom('questions').select(['id', 'text']).where('sessionId', '=', sessionId).where('state', 'in', states).orderBy('number').execute()
    },
    /** As they stand now, in no order. */
    async present(ids: readonly string[]): Promise<Omit<SimilarQuestion, 'score'>[]> {
      if (ids.length === 0) return []
      return db.selectFrom('questions').select(['id', 'number', 'text', 'votes', 'state']).where('id', 'in', ids).execute()
    },
  }
}
