import { RETENTION_RULES } from '../../shared/administration.ts'
import type { RetentionOutcome, RetentionRule } from '../../shared/administration.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import { SYSTEM } from '../audit/rules.ts'
import type { AuditActor } from '../audit/rules.ts'
import type { AuditStore } from '../audit/store.ts'
import type { JobRunner, JobWork } from '../jobs/runner.ts'
import { PEOPLE_AT_ONCE, newAlias } from '../questions/forgetting.ts'
import type { ForgettingStore } from '../questions/forgetting.ts'
import type { OldRows } from './oldRows.ts'
import { cutoffs, noneTaken, over, takenOf } from './rules.ts'
import type { PresenceRetention } from './presence.ts'
import type { Cutoffs, Periods } from './rules.ts'
import type { RetentionStore } from './store.ts'

/** Rows that one transaction takes: a moment's work, after which others write. */
const ROWS_AT_ONCE = 500
/** Milliseconds after which it may be asked for again when another process is at it. */
const RETRY_AFTER = 30_000

export type RetentionStores = { retention: RetentionStore; presence: PresenceRetention; forgetting: ForgettingStore; audit: AuditStore; oldRows: (cutoffs: Cutoffs) => OldRows[] }

export type RetentionService = ReturnType<typeof createRetentionService>

/** Deletes what has been kept long enough, by itself every day. What became public stays: it is the county's record, and its people are no longer in it. */
export function createRetentionService(deps: {
  access: Access
  periods: () => Promise<Periods>
  /** One transaction. Reads, too, come this way: some look at whole tables, which only the writer may take its time for. */
  transact: <T>(work: (stores: RetentionStores) => Promise<T>) => Promise<T>
  runner: JobRunner
  /** Takes what was deleted out of the database's files. */
  scrub: () => Promise<void>
  now: () => Date
}) {
  const { access, transact, runner, scrub, now } = deps

  /** Repeats `take` until it takes less than it may. `taken` hears how much each step took, after it is durable. */
  async function exhaust(take: (stores: RetentionStores) => Promise<number>, most: number, alive: () => Promise<void>, taken: (count: number) => void = () => {}): Promise<void> {
    for (let count = most; count >= most; ) {
      count = await transact(take)
      taken(count)
      await alive()
    }
  }

  const leftOf =
    (sessionId: string) =>
    async ({ retention, presence }: RetentionStores): Promise<Partial<RetentionOutcome>> => ({ ...(await retention.leftOf(sessionId)), ...(await presence.leftOf(sessionId)) })

  /** Everybody who took part in a session, and what they wrote that nobody else may read. */
  async function forget(sessionId: string, outcome: RetentionOutcome, alive: () => Promise<void>): Promise<void> {
    const left = await transact(leftOf(sessionId))
    if (Object.values(left).every((count) => count === 0)) return
    await exhaust(
      async ({ forgetting }) => {
        await forgetting.beginAnew(sessionId)
        const people = await forgetting.peopleOf(sessionId, PEOPLE_AT_ONCE)
        const done = await forgetting.rekey(sessionId, new Map(people.map((personId) => [personId, newAlias()])))
        outcome.questions += done.questions
        outcome.votes += done.votes
        outcome.poll_answers += done.pollAnswers
        outcome.objections += done.objections
        outcome.chat_authors += done.chat
        outcome.sanctions += done.sanctions
        return people.length
      },
      PEOPLE_AT_ONCE,
      alive,
    )
    await exhaust(
      async ({ retention, forgetting }) => {
        // With its row locked: a commit that read a question a moment ago would write the wording back.
        await forgetting.beginAnew(sessionId)
        return retention.takeWordings(sessionId, ROWS_AT_ONCE)
      },
      ROWS_AT_ONCE,
      alive,
      (count) => (outcome.wordings += count),
    )
    for (const [rule, of] of [['hands', 'takeHands'], ['attendees', 'takeAttendees']] as const) {
      await exhaust(
        async ({ presence, forgetting }) => {
          await forgetting.beginAnew(sessionId)
          return presence[of](sessionId, ROWS_AT_ONCE)
        },
        ROWS_AT_ONCE,
        alive,
        (count) => (outcome[rule] += count),
      )
    }
    const rest = await transact(async ({ retention, presence, forgetting }) => {
      await forgetting.beginAnew(sessionId)
      return { ...(await retention.takeRest(sessionId)), ...(await presence.takeRest(sessionId)) }
    })
    for (const [rule, count] of Object.entries(rest)) outcome[rule as keyof typeof rest] += count
    outcome.events += left.events ?? 0
  }

  /** All of it, counted in `outcome` as it goes. */
  async function take(cut: Cutoffs, outcome: RetentionOutcome, alive: () => Promise<void>): Promise<void> {
    const sessions = await transact(({ retention }) => retention.sessions())
    for (const id of over(sessions, cut.people, cut.now)) await forget(id, outcome, alive)
    for (const id of over(sessions, cut.chat, cut.now)) {
      if ((await transact(({ retention }) => retention.chatOf(id))) === 0) continue
      await exhaust(
        async ({ retention, forgetting }) => {
          await forgetting.beginAnew(id)
          return retention.takeChat(id, ROWS_AT_ONCE)
        },
        ROWS_AT_ONCE,
        alive,
        (count) => (outcome.chat += count),
      )
    }
    // After the sessions: of whom nothing is left there, more goes.
    for (const rule of await transact(async ({ oldRows }) => oldRows(cut).map((rows) => rows.rule))) {
      const one = async ({ oldRows }: RetentionStores) => (await oldRows(cut).find((rows) => rows.rule === rule)?.take(ROWS_AT_ONCE)) ?? 0
      await exhaust(one, ROWS_AT_ONCE, alive, (count) => (outcome[rule] += count))
    }
  }

  const sweep =
    (by: AuditActor | null): JobWork =>
    async (alive) => {
      const outcome = noneTaken()
      let detail: Record<string, number> = {}
      try {
        await take(cutoffs(await deps.periods(), now().getTime()), outcome, alive)
      } finally {
        // Each step is durable by itself: what went before a failure is gone, and is an act like the rest.
        detail = takenOf(outcome)
        const any = Object.keys(detail).length > 0
        if (any || by) await transact(({ audit }) => audit.append({ ...(by ?? SYSTEM), action: 'retention', subject: '', detail }, now().toISOString()))
        if (any) await scrub()
      }
      return detail
    }

  return {
    /**
     * What would be deleted now.
     * @param periods other periods than those that are set
     * @throws RefusedError `forbidden`
     */
    async preview(personId: string, periods: Periods | null): Promise<RetentionOutcome> {
      await access.require(personId, null, 'retention.run')
      const cut = cutoffs(periods ?? (await deps.periods()), now().getTime())
      const outcome = noneTaken()
      const sessions = await transact(({ retention }) => retention.sessions())
      for (const id of over(sessions, cut.people, cut.now)) {
        const left = await transact(leftOf(id))
        for (const rule of RETENTION_RULES) outcome[rule] += left[rule] ?? 0
      }
      for (const id of over(sessions, cut.chat, cut.now)) outcome.chat += await transact(({ retention }) => retention.chatOf(id))
      const counts = await transact(async ({ oldRows }): Promise<[RetentionRule, number][]> => {
        const counted: [RetentionRule, number][] = []
        for (const rows of oldRows(cut)) counted.push([rows.rule, await rows.count()])
        return counted
      })
      for (const [rule, count] of counts) outcome[rule] += count
      return outcome
    },

    /** Deletes at once. @throws RefusedError `forbidden`, `rate_limited` while it is being done already */
    async run(personId: string, address: string): Promise<RetentionOutcome> {
      await access.require(personId, null, 'retention.run')
      const done = await runner.run('retention', sweep(await auditActor(access, personId, address)))
      if (!done) throw new RefusedError('rate_limited', { retryAfterMs: RETRY_AFTER })
      return { ...noneTaken(), ...done }
    },

    /** Once a day, by one process. */
    runDue: () => runner.runDue('retention', sweep(null)),
  }
}
