import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { RetentionRule } from '../../shared/administration.ts'
import type { Queries } from '../db/database.ts'
import type { Cutoffs } from './rules.ts'

/** One rule over rows that are old by themselves. */
export type OldRows = {
  rule: RetentionRule
  /** How many there are. */
  count: () => Promise<number>
  /** Takes up to `most`. @returns how many it took */
  take: (most: number) => Promise<number>
}

type Condition = RawBuilder<unknown>

/** Nothing says any more who this is: no account, no sign-in, no role, nothing verified, and nothing said or done that is not forgotten. `column`: the person's. */
const nobody = (column: string): Condition => {
  const person = sql.ref(column)
  return sql`not exists (select 1 from accounts where accounts.id = ${person})
    and not exists (select 1 from sign_ins where sign_ins.person_id = ${person})
    and not exists (select 1 from person_grants where person_grants.person_id = ${person})
    and not exists (select 1 from verifications where verifications.person_id = ${person})
    and not exists (select 1 from votes where votes.person_id = ${person})
    and not exists (select 1 from objections where objections.person_id = ${person})
    and not exists (select 1 from activity where activity.person_id = ${person})
    and not exists (select 1 from hands where hands.person_id = ${person})
    and not exists (select 1 from attendees where attendees.person_id = ${person})
    and ${person} not in (select person_id from hall_people)
    and ${person} not in (select person_id from questions)
    and ${person} not in (select person_id from chat_messages)
    and ${person} not in (select person_id from poll_answers)`
}

/** Whoever was verified was here since `cutoff`, by verifying or by the sign-in that came of it. */
const wasHere = (cutoff: string): Condition =>
  sql`exists (select 1 from sign_ins where sign_ins.person_id = verifications.person_id and sign_ins.kind = 'resident' and sign_ins.seen_at >= ${cutoff})`

/** Whoever was verified has a say in what is still being counted: forgotten, they could make themselves known anew and count twice. */
const counts = (late: string): Condition => sql`(
  exists (select 1 from votes
    join questions on questions.id = votes.question_id
    join sessions on sessions.id = questions.session_id
    where votes.person_id = verifications.person_id and (sessions.ended_at is null or sessions.ended_at > ${late}))
  or exists (select 1 from sessions
    join polls on polls.session_id = sessions.id
    join poll_answers on poll_answers.poll_id = polls.id and poll_answers.person_id = verifications.person_id
    where sessions.ended_at is null or sessions.ended_at > ${late}))`

/** Rows that are deleted or emptied for their age alone, in the order in which it is done. */
export function oldRows(db: Queries, { late, log, people, verified, audit, unused }: Cutoffs): OldRows[] {
  async function count(table: string, where: Condition): Promise<number> {
    const { rows } = await sql<{ count: number | string }>`select count(*) as count from ${sql.table(table)} where ${where}`.execute(db)
    return Number(rows[0]?.count ?? 0)
  }
  const chosen = (table: string, key: string, where: Condition, most: number) => sql`${sql.ref(key)} in (select ${sql.ref(key)} from ${sql.table(table)} where ${where} limit ${most})`
  const taken = async (statement: Condition) => Number((await statement.execute(db)).numAffectedRows ?? 0n)

  const gone = (rule: RetentionRule, table: string, where: Condition, key = 'id'): OldRows => ({
    rule,
    count: () => count(table, where),
    take: (most) => taken(sql`delete from ${sql.table(table)} where ${chosen(table, key, where, most)} and ${where}`),
  })
  const emptied = (rule: RetentionRule, table: string, what: Condition, where: Condition): OldRows => ({
    rule,
    count: () => count(table, where),
    take: (most) => taken(sql`update ${sql.table(table)} set ${what} where ${chosen(table, 'id', where, most)}`),
  })

  return [
    gone('activity', 'activity', sql`at < ${log}`),
    gone('link_uses', 'link_uses', sql`at < ${log}`),
    gone('sign_ins', 'sign_ins', sql`expires_at < ${log}`),
    emptied('addresses', 'sign_ins', sql`address = '', device = ''`, sql`seen_at < ${log} and (address <> '' or device <> '')`),
    emptied('audit_addresses', 'audit', sql`address = ''`, sql`at < ${log} and address <> ''`),
    gone('seats', 'person_grants', sql`grant_id in (select id from grants where account_id is null and (revoked_at < ${log} or expires_at < ${log}))`, 'grant_id'),
    gone('rights_changes', 'rights_changes', sql`at < ${log}`),
    gone('invitations', 'invitations', sql`expires_at < ${log}`),
    gone('phone_codes', 'phone_codes', sql`expires_at < ${log}`),
    gone('job_runs', 'job_runs', sql`at < ${log}`),
    gone('deliveries', 'deliveries', sql`created_at < ${log}`),
    gone('verifications', 'verifications', sql`seen_at < ${verified} and not ${wasHere(verified)} and not ${counts(late)}`),
    gone('audit', 'audit', sql`at < ${audit}`),
    gone(
      'pictures',
      'pictures',
      sql`created_at < ${unused} and (
        (session_id is not null and not exists (select 1 from questions where questions.picture_id = pictures.id))
        or (session_id is null
          and not exists (select 1 from sessions where sessions.guests_json like '%' || pictures.id || '%')
          and not exists (select 1 from settings where settings.value_json like '%' || pictures.id || '%')))`,
    ),
    gone('push', 'push_subscriptions', sql`created_at < ${people} and ${nobody('push_subscriptions.person_id')}`, 'endpoint'),
    gone('consents', 'consents', sql`at < ${people} and ${nobody('consents.person_id')}`, 'person_id'),
    gone('guards', 'guarded_people', sql`at < ${people} and ${nobody('guarded_people.person_id')}`, 'person_id'),
  ]
}
