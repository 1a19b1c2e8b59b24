import type { PollOption } from '../../shared/polls.ts'
import type { Queries } from '../db/database.ts'
import type { PollRow } from '../db/schema.ts'
import { WORDS_SHOWN } from './rules.ts'
import type { StoredPoll, Tally } from './rules.ts'

/** Kept below SQLite's and PostgreSQL's limits on bound values of one statement. */
const ROWS_PER_STATEMENT = 500

function fromRow({ optionsJson, hiddenJson, ...rest }: PollRow): StoredPoll {
  return { ...rest, options: JSON.parse(optionsJson) as PollOption[], hidden: JSON.parse(hiddenJson) as string[] }
}

function toRow({ options, hidden, ...rest }: StoredPoll): PollRow {
  return { ...rest, optionsJson: JSON.stringify(options), hiddenJson: JSON.stringify(hidden) }
}

function* slices<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) yield items.slice(start, start + ROWS_PER_STATEMENT)
}

export type PollAnswer = { personId: string; choices: string[] }

export type PollStore = ReturnType<typeof createPollStore>

export function createPollStore(db: Queries) {
  return {
    async byId(id: string): Promise<StoredPoll | null> {
      const row = await db.selectFrom('polls').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** In order of number. */
    async inSession(sessionId: string): Promise<StoredPoll[]> {
      return (await db.selectFrom('polls').selectAll().where('sessionId', '=', sessionId).orderBy('number').execute()).map(fromRow)
    },
    async insert(poll: StoredPoll): Promise<void> {
      await db.insertInto('polls').values(toRow(poll)).execute()
    },
    async update(poll: StoredPoll): Promise<void> {
      const { id, ...values } = toRow(poll)
      await db.updateTable('polls').set(values).where('id', '=', id).execute()
    },
    /** Of a draft: nobody has answered it. */
    async delete(id: string): Promise<void> {
      await db.deleteFrom('polls').where('id', '=', id).execute()
    },

    /** The choices most given, as many as are shown besides those that are hidden. */
    async tallies({ id, hidden }: Pick<StoredPoll, 'id' | 'hidden'>): Promise<Tally[]> {
      return db.selectFrom('pollTallies').select(['choice', 'people']).where('pollId', '=', id).orderBy('people', 'desc').orderBy('choice').limit(WORDS_SHOWN + hidden.length).execute()
    },
    /** Which of `choices` somebody has given before, taken back or not. */
    async known(pollId: string, choices: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>()
      for (const slice of slices(choices)) {
        for (const { choice } of await db.selectFrom('pollTallies').select('choice').where('pollId', '=', pollId).where('choice', 'in', slice).execute()) found.add(choice)
      }
      return found
    },
    async moveTallies(pollId: string, changes: ReadonlyMap<string, number>): Promise<void> {
      const rows = [...changes].map(([choice, people]) => ({ pollId, choice, people }))
      for (const slice of slices(rows)) {
        await db
          .insertInto('pollTallies')
          .values(slice)
          .onConflict((conflict) => conflict.columns(['pollId', 'choice']).doUpdateSet(({ eb, ref }) => ({ people: eb('pollTallies.people', '+', ref('excluded.people')) })))
          .execute()
      }
    },

    /** What these people answered, by person; who has not is not there. */
    async answersOf(pollId: string, personIds: readonly string[]): Promise<Map<string, string[]>> {
      const answers = new Map<string, string[]>()
      for (const slice of slices(personIds)) {
        const rows = await db.selectFrom('pollAnswers').select(['personId', 'choicesJson']).where('pollId', '=', pollId).where('personId', 'in', slice).execute()
        for (const { personId, choicesJson } of rows) answers.set(personId, JSON.parse(choicesJson) as string[])
      }
      return answers
    },
    /** Writes each person's answer in place of the one before; an empty one removes it. */
    async putAnswers(pollId: string, answers: readonly PollAnswer[], now: string): Promise<void> {
      for (const slice of slices(answers.filter(({ choices }) => choices.length > 0))) {
        await db
          .insertInto('pollAnswers')
          .values(slice.map(({ personId, choices }) => ({ pollId, personId, choicesJson: JSON.stringify(choices), at: now })))
          .onConflict((conflict) => conflict.columns(['pollId', 'personId']).doUpdateSet(({ ref }) => ({ choicesJson: ref('excluded.choicesJson'), at: ref('excluded.at') })))
          .execute()
      }
      for (const slice of slices(answers.filter(({ choices }) => choices.length === 0))) {
        await db.deleteFrom('pollAnswers').where('pollId', '=', pollId).where('personId', 'in', slice.map(({ personId }) => personId)).execute()
      }
    },
    /** By poll: what this person chose in the session's polls. */
    async ofPerson(sessionId: string, personId: string): Promise<Record<string, string[]>> {
      const rows = await db
        .selectFrom('pollAnswers')
        .innerJoin('polls', 'polls.id', 'pollAnswers.pollId')
        .select(['pollAnswers.pollId', 'pollAnswers.choicesJson'])
        .where('polls.sessionId', '=', sessionId)
        .where('pollAnswers.personId', '=', personId)
        .execute()
      return Object.fromEntries(rows.map(({ pollId, choicesJson }) => [pollId, JSON.parse(choicesJson) as string[]]))
    },
  }
}
