import { sql } from 'kysely'
import type { VoteFlag } from '../../shared/moderation.ts'
import type { Queries } from '../db/database.ts'
import type { StoredFlag, Tally } from './rules.ts'

/** One person's vote and where it came from, as keyed digests. */
export type Ballot = { personId: string; address: string; device: string }
/** How many votes of a question count, and how many are set aside. */
export type Standing = { votes: number; setAsideVotes: number }

/** Kept below SQLite's and PostgreSQL's limits on bound values of one statement. */
const ROWS_PER_STATEMENT = 1_000

const FLAGS_SHOWN = 200

const slices = <T>(items: readonly T[]): T[][] => Array.from({ length: Math.ceil(items.length / ROWS_PER_STATEMENT) }, (_, index) => items.slice(index * ROWS_PER_STATEMENT, (index + 1) * ROWS_PER_STATEMENT))

export type VoteStore = ReturnType<typeof createVoteStore>

/** One row for each person and question, unique. It counts unless `setAside` names a flag; `viaId` says that it counts because of a question that was merged. */
export function createVoteStore(db: Queries) {
  return {
    /** Enters votes, each person's once for a question. Who had voted already is not counted again. @returns those that are new */
    async cast(votes: readonly (Ballot & { questionId: string })[], now: string): Promise<{ questionId: string; personId: string }[]> {
      const added: { questionId: string; personId: string }[] = []
      for (const slice of slices(votes)) {
        const rows = await db
          .insertInto('votes')
          .values(slice.map(({ questionId, personId, address, device }) => ({ questionId, personId, address, device, at: now, viaId: null, setAside: null })))
          .onConflict((conflict) => conflict.columns(['personId', 'questionId']).doNothing())
          .returning(['questionId', 'personId'])
          .execute()
        added.push(...rows)
      }
      return added
    },

    /** Makes votes that counted through a merged question votes of their own: they stay when that merge is taken back. */
    async claim(questionId: string, ballots: readonly Ballot[], now: string): Promise<void> {
      const via = new Set<string>()
      for (const slice of slices(ballots)) {
        const rows = await db
          .selectFrom('votes')
          .select('personId')
          .where('questionId', '=', questionId)
          .where('viaId', 'is not', null)
          .where('personId', 'in', slice.map(({ personId }) => personId))
          .execute()
        for (const { personId } of rows) via.add(personId)
      }
      for (const { personId, address, device } of ballots) {
        if (!via.has(personId)) continue
        await db.updateTable('votes').set({ viaId: null, at: now, address, device }).where('questionId', '=', questionId).where('personId', '=', personId).execute()
      }
    },

    /** Takes votes back; who counts through a merged question goes on doing so. @returns how many of the votes counted, and how many were set aside */
    async takeBack(questionId: string, personIds: readonly string[]): Promise<Standing> {
      const gone: Standing = { votes: 0, setAsideVotes: 0 }
      for (const slice of slices(personIds)) {
        const rows = await db.deleteFrom('votes').where('questionId', '=', questionId).where('viaId', 'is', null).where('personId', 'in', slice).returning('setAside').execute()
        for (const { setAside } of rows) gone[setAside === null ? 'votes' : 'setAsideVotes']++
      }
      return gone
    },

    /** Moves the counts of questions, by id, by so many. @returns what stands afterwards */
    async move(moves: ReadonlyMap<string, Standing>): Promise<Map<string, Standing>> {
      const standing = new Map<string, Standing>()
      for (const slice of slices([...moves])) {
        const by = (count: (move: Standing) => number) => sql<number>`case id ${sql.join(slice.map(([id, move]) => sql`when ${id} then cast(${count(move)} as integer)`), sql` `)} else 0 end`
        const rows = await db
          .updateTable('questions')
          .set(({ eb }) => ({ votes: eb('votes', '+', by(({ votes }) => votes)), setAsideVotes: eb('setAsideVotes', '+', by(({ setAsideVotes }) => setAsideVotes)) }))
          .where('id', 'in', slice.map(([id]) => id))
          .returning(['id', 'votes', 'setAsideVotes'])
          .execute()
        for (const { id, ...counts } of rows) standing.set(id, counts)
      }
      return standing
    },

    /** Counts the question's rows anew: for what moves many at once, as setting aside and merging do. */
    async recount(questionId: string): Promise<Standing> {
      const count = (setAside: boolean) =>
        db.selectFrom('votes').select(({ fn }) => fn.countAll<number>().as('count')).where('questionId', '=', questionId).where('setAside', setAside ? 'is not' : 'is', null)
      const [votes, setAsideVotes] = [await count(false).executeTakeFirstOrThrow(), await count(true).executeTakeFirstOrThrow()]
      const standing = { votes: Number(votes.count), setAsideVotes: Number(setAsideVotes.count) }
      await db.updateTable('questions').set(standing).where('id', '=', questionId).execute()
      return standing
    },

    /**
     * By question, where the votes after `since` came from: addresses with at least `least` votes, and within these the devices with as many. Votes whose source is
     * not known, or that came with a merge, are nobody's evidence.
     */
    async tallies(questionIds: readonly string[], since: string, least: number): Promise<Map<string, Tally[]>> {
      const known = db.selectFrom('votes').where('at', '>', since).where('viaId', 'is', null).where('address', '!=', '')
      const tallies = new Map<string, Tally[]>()
      for (const slice of slices(questionIds)) {
        const addresses = await known
          .select(({ fn }) => ['questionId', 'address', fn.countAll<number>().as('votes'), fn.min('at').as('firstAt')])
          .where('questionId', 'in', slice)
          .groupBy(['questionId', 'address'])
          .having(({ fn }) => fn.countAll(), '>=', least)
          .execute()
        for (const { questionId, address, votes, firstAt } of addresses) tallies.set(questionId, [...(tallies.get(questionId) ?? []), { address, votes: Number(votes), firstAt, devices: [] }])
      }
      for (const [questionId, found] of tallies) {
        for (const slice of slices(found)) {
          const byAddress = new Map(slice.map((tally) => [tally.address, tally]))
          const devices = await known
            .select(({ fn }) => ['address', 'device', fn.countAll<number>().as('votes'), fn.min('at').as('firstAt')])
            .where('questionId', '=', questionId)
            .where('address', 'in', [...byAddress.keys()])
            .groupBy(['address', 'device'])
            .having(({ fn }) => fn.countAll(), '>=', least)
            .execute()
          for (const { address, device, votes, firstAt } of devices) byAddress.get(address)?.devices.push({ device, votes: Number(votes), firstAt })
        }
      }
      return tallies
    },

    /** Votes of the question after `since`. */
    async countSince(questionId: string, since: string): Promise<number> {
      const row = await db.selectFrom('votes').select(({ fn }) => fn.countAll<number>().as('count')).where('questionId', '=', questionId).where('at', '>', since).executeTakeFirstOrThrow()
      return Number(row.count)
    },

    /** Takes the flag's votes out of the count. What another flag has taken out stays with that one. */
    async setAside({ id, questionId, kind, source, firstAt, lastAt }: StoredFlag): Promise<number> {
      const result = await db
        .updateTable('votes')
        .set({ setAside: id })
        .where('questionId', '=', questionId)
        .where(kind, '=', source)
        .where('at', '>=', firstAt)
        .where('at', '<=', lastAt)
        .where('viaId', 'is', null)
        .where('setAside', 'is', null)
        .executeTakeFirst()
      return Number(result.numUpdatedRows)
    },
    /** Puts back what the flag took out. */
    async restore(flagId: string, questionId: string): Promise<number> {
      const result = await db.updateTable('votes').set({ setAside: null }).where('questionId', '=', questionId).where('setAside', '=', flagId).executeTakeFirst()
      return Number(result.numUpdatedRows)
    },

    async flagById(id: string): Promise<StoredFlag | null> {
      return (await db.selectFrom('voteFlags').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
    },
    /** All flags of these questions, in the order in which they began. */
    async flagsOf(sessionId: string, questionIds: readonly string[]): Promise<StoredFlag[]> {
      return db.selectFrom('voteFlags').selectAll().where('sessionId', '=', sessionId).where('questionId', 'in', questionIds).orderBy('firstAt').orderBy('id').execute()
    },
    /** What the desk sees: those that wait for a verdict, then the judged, each the latest first. An attack from everywhere must not make the list endless. */
    async flags(sessionId: string): Promise<VoteFlag[]> {
      return db
        .selectFrom('voteFlags')
        .select(['id', 'questionId', 'number', 'kind', 'votes', 'firstAt', 'lastAt', 'state', 'note', 'by'])
        .where('sessionId', '=', sessionId)
        .orderBy(({ eb }) => eb.case().when('state', '=', 'open').then(0).else(1).end())
        .orderBy('lastAt', 'desc')
        .orderBy('id')
        .limit(FLAGS_SHOWN)
        .execute()
    },
    /** Writes a flag, new or changed. */
    async saveFlag(flag: StoredFlag): Promise<void> {
      const { id: _id, ...values } = flag
      await db.insertInto('voteFlags').values(flag).onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute()
    },
  }
}
