import type { Queries } from '../db/database.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'

/** `public`: everybody; `desk`: hosts and moderators; `person:<id>`: one person's devices. */
export type LoggedEvent = { seq: number; audience: string; event: SessionEvent }

/** 6 bound values a row: stays below SQLite's limit of 32,766. */
const ROWS_PER_STATEMENT = 1_000

/** Commits of one session that the log keeps: more than anybody is given to catch up with. Who stands further back starts from a whole page, so nothing is kept for them. */
export const KEPT_COMMITS = 1_000

/** The question, raised hand, record or chat message whose words an event carries. Ids are made by clients, who may take one that is something else's: only a question's stands alone. */
function subjectOf(event: SessionEvent): string | null {
  switch (event.type) {
    case 'question':
    case 'own_question':
    case 'desk_question':
      return event.question.id
    case 'hand':
    case 'desk_hand':
      return `hand:${event.hand.id}`
    case 'chat':
    case 'chat_held':
      return `chat:${event.message.id}`
    case 'spot':
      return `spot:${event.record.id}`
    case 'session':
    case 'stage':
    case 'agenda':
    case 'floor':
    case 'own_hand':
    case 'own_place':
    case 'hall':
    case 'question_hidden':
    case 'votes':
    case 'chat_deleted':
    case 'chat_held_gone':
    case 'poll':
    case 'poll_deleted':
    case 'sanctions':
    case 'vote_flags':
    case 'link_alarms':
    case 'own_vote':
    case 'own_objection':
    case 'own_poll':
      return null
  }
}

export type EventStore = ReturnType<typeof createEventStore>

export function createEventStore(db: Queries) {
  return {
    /** The events of one commit. */
    async append(sessionId: string, seq: number, events: { audience: string; event: SessionEvent }[]): Promise<void> {
      const rows = events.map(({ audience, event }, position) => ({ sessionId, seq, position, audience, payloadJson: JSON.stringify(event), subject: subjectOf(event) }))
      for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
        await db.insertInto('events').values(rows.slice(start, start + ROWS_PER_STATEMENT)).execute()
      }
    },
    /** Removes what was told of `subject` so far. All events carry whole objects: whoever catches up is told the rest by what comes after. */
    async forget(sessionId: string, subject: string): Promise<void> {
      await db.deleteFrom('events').where('sessionId', '=', sessionId).where('subject', '=', subject).execute()
    },
    /** Removes the events of all commits up to and including `seq`. */
    async trim(sessionId: string, seq: number): Promise<void> {
      await db.deleteFrom('events').where('sessionId', '=', sessionId).where('seq', '<=', seq).execute()
    },
    /** Every event after `seq`, up to and including `to`, of the named audiences (all of them when null), in order. There is nothing left of commits before the last {@link KEPT_COMMITS}. */
    async after(sessionId: string, seq: number, to: number, audiences: string[] | null): Promise<LoggedEvent[]> {
      let query = db.selectFrom('events').select(['seq', 'audience', 'payloadJson']).where('sessionId', '=', sessionId).where('seq', '>', seq).where('seq', '<=', to)
      if (audiences) query = query.where('audience', 'in', audiences)
      const rows = await query.orderBy('seq').orderBy('position').execute()
      return rows.map((row) => ({ seq: row.seq, audience: row.audience, event: JSON.parse(row.payloadJson) as SessionEvent }))
    },
  }
}
