import { sql } from 'kysely'
import type { AuditEntry, AuditQuery } from '../../shared/administration.ts'
import type { Queries } from '../db/database.ts'
import { dayBounds } from './rules.ts'

export type AuditReading = ReturnType<typeof createAuditReading>

/** The log of acts, newest first. */
export function createAuditReading(db: Queries) {
  return {
    /** Up to `most` entries that fit, older than the entry `before` where it is named. */
    async page({ action, actor, session, from, to, before }: AuditQuery, most: number): Promise<AuditEntry[]> {
      let query = db.selectFrom('audit').selectAll()
      if (action) query = query.where('action', '=', action)
      if (actor) query = query.where(sql<boolean>`actor like ${`%${actor.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`)
      if (session) query = query.where('sessionId', '=', session)
      if (from) query = query.where('at', '>=', dayBounds(from).start)
      if (to) query = query.where('at', '<', dayBounds(to).end)
      const last = before === undefined ? undefined : await db.selectFrom('audit').select(['at', 'id']).where('id', '=', before).executeTakeFirst()
      if (last) query = query.where(({ or, and, eb }) => or([eb('at', '<', last.at), and([eb('at', '=', last.at), eb('id', '<', last.id)])]))
      const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(most).execute()
      return rows.map(({ detailJson, ...rest }) => ({ ...rest, detail: JSON.parse(detailJson) as AuditEntry['detail'] }))
    },
  }
}
