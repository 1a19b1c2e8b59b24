import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Queries } from '../db/database.ts'
import { KEPT_COMMITS } from '../realtime/store.ts'

/** Who stands in somebody's place in one session once they are forgotten. `author`: in place of their pseudonym (questions/rules.ts, `pseudonym`). */
export type Alias = { personId: string; author: string }

/** What such a person's id begins with; nobody signs in as one. */
export const FORGOTTEN = 'forgotten:'

/** At random: nothing leads back, not even the server's secret. */
export const newAlias = (): Alias => ({ personId: `${FORGOTTEN}${randomUUID()}`, author: randomBytes(9).toString('base64url') })

/** People whom one {@link ForgettingStore.rekey} takes at most: far below the limits on bound values of one statement, and a moment's work for the writer. */
export const PEOPLE_AT_ONCE = 200

/** Rows that lead to somebody no more. */
export type Rekeyed = { questions: number; votes: number; pollAnswers: number; objections: number; chat: number; pictures: number; sanctions: number }

export type ForgettingStore = ReturnType<typeof createForgettingStore>

/**
 * Takes people away from what they did in one session. What counts them goes on counting: one alias stands for all that one person did there, so that merging, splitting and
 * setting votes aside come out the same. To be called with the session's row locked ({@link ForgettingStore.beginAnew} locks it).
 */
export function createForgettingStore(db: Queries) {
  const questionsOf = (sessionId: string) => db.selectFrom('questions').select('questions.id').where('questions.sessionId', '=', sessionId)
  const pollsOf = (sessionId: string) => db.selectFrom('polls').select('polls.id').where('polls.sessionId', '=', sessionId)

  return {
    /** Up to `most` people who did something in the session and are not forgotten. */
    async peopleOf(sessionId: string, most: number): Promise<string[]> {
      const people = new Set<string>()
      const known = `${FORGOTTEN}%`
      const take = (rows: readonly { personId: string }[]) => rows.forEach(({ personId }) => people.size < most && people.add(personId))
      take(await db.selectFrom('questions').select('personId').distinct().where('sessionId', '=', sessionId).where('personId', 'not like', known).limit(most).execute())
      for (const table of ['votes', 'objections'] as const) {
        if (people.size >= most) break
        take(await db.selectFrom(table).select('personId').distinct().where('questionId', 'in', questionsOf(sessionId)).where('personId', 'not like', known).limit(most).execute())
      }
      if (people.size < most) take(await db.selectFrom('pollAnswers').select('personId').distinct().where('pollId', 'in', pollsOf(sessionId)).where('personId', 'not like', known).limit(most).execute())
      if (people.size < most) take(await db.selectFrom('hands').select('personId').distinct().where('sessionId', '=', sessionId).where('personId', 'is not', null).where('personId', 'not like', known).limit(most).$narrowType<{ personId: string }>().execute())
      for (const table of ['chatMessages', 'pictures'] as const) {
        if (people.size >= most) break
        take(await db.selectFrom(table).select('personId').distinct().where('sessionId', '=', sessionId).where('personId', 'not like', known).limit(most).execute())
      }
      return [...people]
    },

    /** Sessions in which this person did something. */
    async sessionsOf(personId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('questions')
        .select('sessionId')
        .where('personId', '=', personId)
        .union(db.selectFrom('votes').innerJoin('questions', 'questions.id', 'votes.questionId').select('questions.sessionId').where('votes.personId', '=', personId))
        .union(db.selectFrom('objections').innerJoin('questions', 'questions.id', 'objections.questionId').select('questions.sessionId').where('objections.personId', '=', personId))
        .union(db.selectFrom('pollAnswers').innerJoin('polls', 'polls.id', 'pollAnswers.pollId').select('polls.sessionId').where('pollAnswers.personId', '=', personId))
        .union(db.selectFrom('chatMessages').select('sessionId').where('personId', '=', personId))
        .union(db.selectFrom('hands').select('sessionId').where('personId', '=', personId))
        .union(db.selectFrom('hallPeople').select('sessionId').where('personId', '=', personId))
        .union(db.selectFrom('attendees').select('sessionId').where('personId', '=', personId))
        .union(db.selectFrom('attendees').innerJoin('personGrants', 'personGrants.grantId', 'attendees.grantId').select('attendees.sessionId').where('personGrants.personId', '=', personId))
        .execute()
      return rows.map(({ sessionId }) => sessionId)
    },

    /** Puts aliases in people's places, takes away from where they voted, and lifts what was imposed on them. At most {@link PEOPLE_AT_ONCE}. */
    async rekey(sessionId: string, aliases: ReadonlyMap<string, Alias>): Promise<Rekeyed> {
      const people = [...aliases.keys()]
      if (people.length === 0) return { questions: 0, votes: 0, pollAnswers: 0, objections: 0, chat: 0, pictures: 0, sanctions: 0 }
      const become = (part: keyof Alias) => sql<string>`case person_id ${sql.join([...aliases].map(([personId, alias]) => sql`when ${personId} then cast(${alias[part]} as text)`), sql` `)} end`
      const personId = become('personId')
      const authors = [
        ...(await db.selectFrom('questions').select('asker as author').distinct().where('sessionId', '=', sessionId).where('personId', 'in', people).execute()),
        ...(await db.selectFrom('chatMessages').select('author').distinct().where('sessionId', '=', sessionId).where('personId', 'in', people).execute()),
        ...(await db.selectFrom('hands').select('asker as author').distinct().where('sessionId', '=', sessionId).where('personId', 'in', people).execute()),
      ].map(({ author }) => author)
      const sanctions = authors.length === 0 ? null : await db.deleteFrom('sanctions').where('sessionId', '=', sessionId).where('author', 'in', authors).executeTakeFirst()
      const votes = await db.updateTable('votes').set({ personId, address: '', device: '' }).where('personId', 'in', people).where('questionId', 'in', questionsOf(sessionId)).executeTakeFirst()
      const objections = await db.updateTable('objections').set({ personId }).where('personId', 'in', people).where('questionId', 'in', questionsOf(sessionId)).executeTakeFirst()
      const answers = await db.updateTable('pollAnswers').set({ personId }).where('personId', 'in', people).where('pollId', 'in', pollsOf(sessionId)).executeTakeFirst()
      const questions = await db.updateTable('questions').set({ personId, asker: become('author') }).where('sessionId', '=', sessionId).where('personId', 'in', people).executeTakeFirst()
      const chat = await db.updateTable('chatMessages').set({ personId, author: become('author') }).where('sessionId', '=', sessionId).where('personId', 'in', people).executeTakeFirst()
      // Whose turns were counted together still stands there: see server/floor/forgetting.ts and server/retention.
      await db.updateTable('hands').set({ personId, asker: become('author') }).where('sessionId', '=', sessionId).where('personId', 'in', people).execute()
      const pictures = await db.updateTable('pictures').set({ personId }).where('sessionId', '=', sessionId).where('personId', 'in', people).executeTakeFirst()
      return {
        questions: Number(questions.numUpdatedRows),
        votes: Number(votes.numUpdatedRows),
        pollAnswers: Number(answers.numUpdatedRows),
        objections: Number(objections.numUpdatedRows),
        chat: Number(chat.numUpdatedRows),
        pictures: Number(pictures.numUpdatedRows),
        sanctions: Number(sanctions?.numDeletedRows ?? 0n),
      }
    },

    /**
     * Locks the session, throws its log away and moves its head so far ahead that nobody can catch up from before: whoever comes back, or is there now, is given the whole page as it then is.
     * Not within a commit to the session (sessions/commit.ts), which writes a head of its own.
     */
    async beginAnew(sessionId: string): Promise<void> {
      await db
        .updateTable('sessions')
        .set(({ eb }) => ({ seq: eb('seq', '+', KEPT_COMMITS) }))
        .where('id', '=', sessionId)
        .execute()
      await db.deleteFrom('events').where('sessionId', '=', sessionId).execute()
    },
  }
}
