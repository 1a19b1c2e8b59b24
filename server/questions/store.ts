import type { HeldReason, QuestionNote, WrittenAnswer } from '../../shared/questions.ts'
import type { Queries } from '../db/database.ts'
import type { QuestionRow } from '../db/schema.ts'
import type { StoredQuestion } from './rules.ts'

/** Kept below SQLite's and PostgreSQL's limits on bound values of one statement. */
const ROWS_PER_STATEMENT = 500

export function fromRow({ answerJson, heldJson, notesJson, ...rest }: QuestionRow): StoredQuestion {
  return { ...rest, answer: answerJson === null ? null : (JSON.parse(answerJson) as WrittenAnswer), held: JSON.parse(heldJson) as HeldReason[], notes: JSON.parse(notesJson) as QuestionNote[] }
}

export function toRow({ answer, held, notes, ...rest }: StoredQuestion): QuestionRow {
  return { ...rest, answerJson: answer && JSON.stringify(answer), heldJson: JSON.stringify(held), notesJson: JSON.stringify(notes) }
}

const one = (row: QuestionRow | undefined) => (row ? fromRow(row) : null)

export type QuestionStore = ReturnType<typeof createQuestionStore>

export function createQuestionStore(db: Queries) {
  return {
    async byId(id: string): Promise<StoredQuestion | null> {
      return one(await db.selectFrom('questions').selectAll().where('id', '=', id).executeTakeFirst())
    },
    async byReceipt(receipt: string): Promise<StoredQuestion | null> {
      return one(await db.selectFrom('questions').selectAll().where('receipt', '=', receipt).executeTakeFirst())
    },
    /** In order of arrival, without the withdrawn. */
    async inSession(sessionId: string): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).where('state', '!=', 'withdrawn').orderBy('number').execute()).map(fromRow)
    },
    async ofPerson(sessionId: string, personId: string): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).where('personId', '=', personId).orderBy('number').execute()).map(fromRow)
    },
    async asking(sessionId: string): Promise<StoredQuestion | null> {
      return one(await db.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).where('state', '=', 'asking').executeTakeFirst())
    },
    async insert(question: StoredQuestion): Promise<void> {
      await db.insertInto('questions').values(toRow(question)).execute()
    },
    /** Writes everything but the votes, which only {@link addVotes} and {@link removeVotes} move. */
    async update(question: StoredQuestion): Promise<void> {
      const { id, votes: _votes, ...values } = toRow(question)
      await db.updateTable('questions').set(values).where('id', '=', id).execute()
    },

    async votesOf(sessionId: string, personId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('votes')
        .innerJoin('questions', 'questions.id', 'votes.questionId')
        .select('votes.questionId')
        .where('votes.personId', '=', personId)
        .where('questions.sessionId', '=', sessionId)
        .execute()
      return rows.map((row) => row.questionId)
    },
    /** @returns the votes of the question afterwards; who had voted already is not counted again */
    async addVotes(questionId: string, personIds: string[], now: string): Promise<number> {
      let added = 0
      for (let start = 0; start < personIds.length; start += ROWS_PER_STATEMENT) {
        const values = personIds.slice(start, start + ROWS_PER_STATEMENT).map((personId) => ({ questionId, personId, at: now, viaId: null, setAside: null, address: '', device: '' }))
        const result = await db.insertInto('votes').values(values).onConflict((conflict) => conflict.columns(['personId', 'questionId']).doNothing()).executeTakeFirst()
        added += Number(result.numInsertedOrUpdatedRows ?? 0n)
      }
      return this.moveVotes(questionId, added)
    },
    async removeVotes(questionId: string, personIds: string[]): Promise<number> {
      let removed = 0
      for (let start = 0; start < personIds.length; start += ROWS_PER_STATEMENT) {
        const result = await db.deleteFrom('votes').where('questionId', '=', questionId).where('personId', 'in', personIds.slice(start, start + ROWS_PER_STATEMENT)).executeTakeFirst()
        removed += Number(result.numDeletedRows)
      }
      return this.moveVotes(questionId, -removed)
    },
    async moveVotes(questionId: string, by: number): Promise<number> {
      const row = await db
        .updateTable('questions')
        .set(({ eb }) => ({ votes: eb('votes', '+', by) }))
        .where('id', '=', questionId)
        .returning('votes')
        .executeTakeFirstOrThrow()
      return row.votes
    },
  }
}
