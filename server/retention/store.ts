import { sql } from 'kysely'
import type { RetentionOutcome } from '../../shared/administration.ts'
import { DECLINE_CODES, hidesText } from '../../shared/rules/declining.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import type { SessionSettings } from '../../shared/sessions.ts'
import type { Queries } from '../db/database.ts'
import { FORGOTTEN } from '../questions/forgetting.ts'
import { NO_SOURCE } from '../votes/rules.ts'
import { wordingLeft } from './rules.ts'
import type { Lifetime } from './rules.ts'

const HIDING = DECLINE_CODES.filter(hidesText)
const KNOWN = `${FORGOTTEN}%`

export type RetentionStore = ReturnType<typeof createRetentionStore>

/** What is kept of sessions that are long over. Of people: see questions/forgetting.ts. */
export function createRetentionStore(db: Queries) {
  /** Texts that nobody but the desk ever saw: not reviewed, hidden by their reason, or merged into such a one. */
  const unseen = (sessionId: string) =>
    db
      .selectFrom('questions as q')
      .leftJoin('questions as root', 'root.id', 'q.mergedIntoId')
      .select('q.id')
      .where('q.sessionId', '=', sessionId)
      .where('q.name', 'is not', null)
      .where(({ or, and, eb }) =>
        or([
          eb('q.state', '=', 'pending'),
          and([eb('q.state', '=', 'declined'), eb('q.reasonCode', 'in', HIDING)]),
          and([eb('q.state', '=', 'merged'), or([eb('root.state', 'in', ['pending', 'withdrawn']), and([eb('root.state', '=', 'declined'), eb('root.reasonCode', 'in', HIDING)])])]),
        ]),
      )
  const worded = (sessionId: string) =>
    db.selectFrom('questions').where('sessionId', '=', sessionId).where(({ or, and, eb }) => or([eb('notesJson', '!=', '[]'), and([eb('originalText', '!=', ''), eb('originalText', '!=', eb.ref('text'))])]))
  const number = async (query: { executeTakeFirstOrThrow: () => Promise<{ count: number | string | bigint }> }) => Number((await query.executeTakeFirstOrThrow()).count)
  const questionsOf = (sessionId: string) => db.selectFrom('questions').select('questions.id').where('questions.sessionId', '=', sessionId)
  const pollsOf = (sessionId: string) => db.selectFrom('polls').select('polls.id').where('polls.sessionId', '=', sessionId)

  return {
    async sessions(): Promise<Lifetime[]> {
      const rows = await db.selectFrom('sessions').select(['id', 'phase', 'startsAt', 'plannedMinutes', 'endedAt', 'settingsJson']).execute()
      return rows.map(({ settingsJson, ...session }) => ({ ...session, lateMinutes: { ...DEFAULT_SETTINGS, ...(JSON.parse(settingsJson) as Partial<SessionSettings>) }.lateMinutes }))
    },

    /** How much of a session leads to people still, by rule. */
    async leftOf(sessionId: string): Promise<Partial<RetentionOutcome>> {
      const all = sql<number>`count(*)`.as('count')
      const of = <T extends 'sanctions' | 'events'>(table: T) => db.selectFrom(table as 'sanctions').select(all).where('sessionId', '=', sessionId)
      return {
        questions: await number(db.selectFrom('questions').select(all).where('sessionId', '=', sessionId).where('personId', 'not like', KNOWN)),
        wordings: (await number(worded(sessionId).select(all))) + (await unseen(sessionId).execute()).length,
        votes: await number(db.selectFrom('votes').select(all).where('personId', 'not like', KNOWN).where('questionId', 'in', questionsOf(sessionId))),
        objections: await number(db.selectFrom('objections').select(all).where('personId', 'not like', KNOWN).where('questionId', 'in', questionsOf(sessionId))),
        poll_answers: await number(db.selectFrom('pollAnswers').select(all).where('personId', 'not like', KNOWN).where('pollId', 'in', pollsOf(sessionId))),
        chat_authors: await number(db.selectFrom('chatMessages').select(all).where('sessionId', '=', sessionId).where('personId', 'not like', KNOWN).where('held', 'is', null).where('deletedAt', 'is', null)),
        chat_unseen: await number(db.selectFrom('chatMessages').select(all).where('sessionId', '=', sessionId).where(({ or, eb }) => or([eb('held', 'is not', null), eb('deletedAt', 'is not', null)]))),
        sanctions: await number(of('sanctions')),
        flags: await number(db.selectFrom('voteFlags').select(all).where('sessionId', '=', sessionId).where('source', '!=', NO_SOURCE)),
        devices: await number(db.selectFrom('grants').select(all).where('sessionId', '=', sessionId).where(({ or, eb }) => or([eb('device', 'is not', null), eb('holder', 'is not', null)]))),
        events: await number(of('events')),
      }
    },

    /** Takes up to `most` wordings that were never public. @returns how many questions lost any */
    async takeWordings(sessionId: string, most: number): Promise<number> {
      const rows = await worded(sessionId).select(['id', 'text', 'originalText']).limit(most).execute()
      for (const { id, text, originalText } of rows) {
        await db.updateTable('questions').set({ originalText: wordingLeft(text, maskNumbers(originalText)), notesJson: '[]' }).where('id', '=', id).execute()
      }
      const names = (await unseen(sessionId).limit(most).execute()).map(({ id }) => id)
      if (names.length > 0) await db.updateTable('questions').set({ name: null }).where('id', 'in', names).execute()
      return rows.length + names.length
    },

    /** What is left of people besides themselves and their words. */
    async takeRest(sessionId: string): Promise<Pick<RetentionOutcome, 'chat_unseen' | 'sanctions' | 'flags' | 'devices'>> {
      const chat = await db.deleteFrom('chatMessages').where('sessionId', '=', sessionId).where(({ or, eb }) => or([eb('held', 'is not', null), eb('deletedAt', 'is not', null)])).executeTakeFirst()
      const sanctions = await db.deleteFrom('sanctions').where('sessionId', '=', sessionId).executeTakeFirst()
      const flags = await db.updateTable('voteFlags').set({ source: NO_SOURCE }).where('sessionId', '=', sessionId).where('source', '!=', NO_SOURCE).executeTakeFirst()
      const devices = await db
        .updateTable('grants')
        .set({ device: null, holder: null, heldAt: null })
        .where('sessionId', '=', sessionId)
        .where(({ or, eb }) => or([eb('device', 'is not', null), eb('holder', 'is not', null)]))
        .executeTakeFirst()
      return { chat_unseen: Number(chat.numDeletedRows), sanctions: Number(sanctions.numDeletedRows), flags: Number(flags.numUpdatedRows), devices: Number(devices.numUpdatedRows) }
    },

    async chatOf(sessionId: string): Promise<number> {
      return number(db.selectFrom('chatMessages').select(sql<number>`count(*)`.as('count')).where('sessionId', '=', sessionId))
    },
    /** @returns how many messages it deleted, at most `most` */
    async takeChat(sessionId: string, most: number): Promise<number> {
      const result = await db
        .deleteFrom('chatMessages')
        .where('id', 'in', (query) => query.selectFrom('chatMessages').select('id').where('sessionId', '=', sessionId).limit(most))
        .executeTakeFirst()
      return Number(result.numDeletedRows)
    },
  }
}
