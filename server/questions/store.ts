import type { ForumRef } from '../../shared/forums.ts'
import type { HeldReason, QuestionNote, QuestionState, WrittenAnswer } from '../../shared/questions.ts'
import type { Queries } from '../db/database.ts'
import type { QuestionRow } from '../db/schema.ts'
import type { StoredQuestion } from './rules.ts'

export function fromRow({ answerJson, heldJson, notesJson, forumJson, ...rest }: QuestionRow): StoredQuestion {
  return {
    ...rest,
    answer: answerJson === null ? null : (JSON.parse(answerJson) as WrittenAnswer),
    held: JSON.parse(heldJson) as HeldReason[],
    notes: JSON.parse(notesJson) as QuestionNote[],
    forum: JSON.parse(forumJson) as ForumRef | null,
  }
}

function toRow({ answer, held, notes, forum, ...rest }: StoredQuestion): QuestionRow {
  return { ...rest, forumJson: JSON.stringify(forum), answerJson: answer && JSON.stringify(answer), heldJson: JSON.stringify(held), notesJson: JSON.stringify(notes) }
}

const one = (row: QuestionRow | undefined) => (row ? fromRow(row) : null)

export type QuestionStore = ReturnType<typeof createQuestionStore>

export function createQuestionStore(db: Queries) {
  return {
    async byId(id: string): Promise<StoredQuestion | null> {
      return one(await db.selectFrom('questions').selectAll().where('id', '=', id).executeTakeFirst())
    },
    /** In no order; an id that is not known is missing. */
    async byIds(ids: readonly string[]): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('id', 'in', ids).execute()).map(fromRow)
    },
    /** By the digest of its receipt; by the `code` itself where it is not converted yet. */
    async byReceipt(digest: string, code: string): Promise<StoredQuestion | null> {
      const found = one(await db.selectFrom('questions').selectAll().where('receipt', '=', digest).executeTakeFirst())
      return found ?? one(await db.selectFrom('questions').selectAll().where('receipt', '=', code).where('receiptSealed', 'is', null).executeTakeFirst())
    },
    /** In order of arrival, without the withdrawn. */
    async inSession(sessionId: string): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).where('state', '!=', 'withdrawn').orderBy('number').execute()).map(fromRow)
    },
    async ofPerson(sessionId: string, personId: string): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).where('personId', '=', personId).orderBy('number').execute()).map(fromRow)
    },
    /** Those of one asker that stand in `state`, by the asker's pseudonym; in order of arrival. */
    async ofAsker(sessionId: string, asker: string, state: QuestionState): Promise<StoredQuestion[]> {
      return (await db.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).where('asker', '=', asker).where('state', '=', state).orderBy('number').execute()).map(fromRow)
    },
    /** When this person last asked here, whatever became of it: for slow mode. */
    async lastAskedAt(sessionId: string, personId: string): Promise<string | null> {
      const row = await db
        .selectFrom('questions')
        .select(({ fn }) => fn.max('submittedAt').as('at'))
        .where('sessionId', '=', sessionId)
        .where('personId', '=', personId)
        .executeTakeFirst()
      return row?.at ?? null
    },
    /** The question that shows this picture. */
    async withPicture(pictureId: string): Promise<StoredQuestion | null> {
      return one(await db.selectFrom('questions').selectAll().where('pictureId', '=', pictureId).executeTakeFirst())
    },
    async asking(sessionId: string): Promise<StoredQuestion | null> {
      return one(await db.selectFrom('questions').selectAll().where('sessionId', '=', sessionId).where('state', '=', 'asking').executeTakeFirst())
    },
    async insert(question: StoredQuestion): Promise<void> {
      await db.insertInto('questions').values(toRow(question)).execute()
    },
    /** Writes what a step may change: not whose it is and when it came, and not the count of votes, which moves with their rows (votes/store.ts, merging.ts). */
    async update(question: StoredQuestion): Promise<void> {
      const { id, sessionId: _session, number: _number, personId: _person, asker: _asker, receipt: _receipt, receiptSealed: _sealed, salt: _salt, submittedAt: _at, votes: _votes, ...values } = toRow(question)
      await db.updateTable('questions').set(values).where('id', '=', id).execute()
    },

    async votesOf(sessionId: string, personId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('votes')
        .innerJoin('questions', 'questions.id', 'votes.questionId')
        .select('votes.questionId')
        .where('votes.personId', '=', personId)
        .where('questions.sessionId', '=', sessionId)
        .where('votes.viaId', 'is', null)
        .execute()
      return rows.map((row) => row.questionId)
    },
  }
}
