import type { Queries } from '../db/database.ts'
import type { SessionEvent } from '../../shared/protocol/events.ts'

/** `public`: everybody; `desk`: hosts and moderators; `person:<id>`: one person's devices. */
export type LoggedEvent = { seq: number; audience: string; event: SessionEvent }

/** 5 bound values a row: stays below SQLite's limit of 32,766. */
const ROWS_PER_STATEMENT = 1_000

export type EventStore = ReturnType<typeof createEventStore>

export function createEventStore(db: Queries) {
  return {
    /** The events of one commit. */
    async append(sessionId: string, seq: number, events: { audience: string; event: SessionEvent }[]): Promise<void> {
      const rows = events.map(({ audience, event }, position) => ({ sessionId, seq, position, audience, payloadJson: JSON.stringify(event) }))
      for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
        await db.insertInto('events').values(rows.slice(start, start + ROWS_PER_STATEMENT)).execute()
      }
    },
    /** Removes what was told of a question or chat message so far. All events carry whole objects: whoever catches up is told the rest by what comes after. */
    async forget(sessionId: string, id: string): Promise<void> {
      // As JSON.stringify writes them: each kind names its object first, and that its id.
      const told = ['question', 'own_question', 'desk_question'].map((type) => `{"type":"${type}","question":{"id":"${id}"%`)
      const said = ['chat', 'chat_held'].map((type) => `{"type":"${type}","message":{"id":"${id}"%`)
      await db
        .deleteFrom('events')
        .where('sessionId', '=', sessionId)
        .where((eb) => eb.or([...told, ...said].map((start) => eb('payloadJson', 'like', start))))
        .execute()
    },
    /** Every event after `seq`, up to and including `to`, of the named audiences (all of them when null), in order. */
    async after(sessionId: string, seq: number, to: number, audiences: string[] | null): Promise<LoggedEvent[]> {
      let query = db.selectFrom('events').select(['seq', 'audience', 'payloadJson']).where('sessionId', '=', sessionId).where('seq', '>', seq).where('seq', '<=', to)
      if (audiences) query = query.where('audience', 'in', audiences)
      const rows = await query.orderBy('seq').orderBy('position').execute()
      return rows.map((row) => ({ seq: row.seq, audience: row.audience, event: JSON.parse(row.payloadJson) as SessionEvent }))
    },
  }
}
