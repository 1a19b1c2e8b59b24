import { sql } from 'kysely'
import type { Role } from '../../shared/accounts.ts'
import type { AdminSession, Said, SaidQuery } from '../../shared/administration.ts'
import type { Intake } from '../../shared/sessions.ts'
import type { Queries } from '../db/database.ts'

/** Sessions that are listed at most. */
const LISTED = 500
const FOUND = 20

/** Matches text that holds `words`, whatever signs are in them. */
const holding = (words: string) => `%${words.replaceAll(/[!%_]/g, '!$&')}%`

export type AdministrationStore = ReturnType<typeof createAdministrationStore>

export function createAdministrationStore(db: Queries) {
  return {
    /** Newest start first. */
    async sessions(): Promise<Pick<AdminSession, 'id' | 'title' | 'phase' | 'startsAt' | 'cut'>[]> {
      const rows = await db.selectFrom('sessions').select(['id', 'title', 'phase', 'startsAt', 'intakeJson']).orderBy('startsAt', 'desc').orderBy('id').limit(LISTED).execute()
      return rows.map(({ intakeJson, ...session }) => {
        const { cut = null } = JSON.parse(intakeJson) as Partial<Intake>
        return { ...session, cut: cut && { by: cut.by, reason: cut.reason, at: cut.at } }
      })
    },
    /** Roles in single sessions that count at `now`. */
    async roles(now: string): Promise<{ sessionId: string; role: Role; name: string }[]> {
      return db
        .selectFrom('grants')
        .select(['sessionId', 'role', 'name'])
        .where('sessionId', 'is not', null)
        .where('revokedAt', 'is', null)
        .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now)]))
        .orderBy('createdAt')
        .$narrowType<{ sessionId: string }>()
        .execute()
    },
    async questions(sessionId: string, find: SaidQuery['find']): Promise<Said[]> {
      const query = db.selectFrom('questions').select(['id', 'number', 'name', 'text', 'submittedAt as at']).where('sessionId', '=', sessionId)
      const found = /^\d{1,9}$/.test(find) ? query.where('number', '=', Number(find)) : find === '' ? query : query.where(sql<boolean>`${sql.ref('text')} like ${holding(find)} escape '!'`)
      return found.orderBy('number', 'desc').limit(FOUND).execute()
    },
    /** In every state; not those of people without a device, to whom nothing leads. */
    async hands(sessionId: string, find: SaidQuery['find']): Promise<Said[]> {
      const query = db.selectFrom('hands').select(['id', 'number', 'givenName as name', 'givenAbout as text', 'raisedAt as at']).where('sessionId', '=', sessionId).where('personId', 'is not', null)
      const words = sql<boolean>`(${sql.ref('givenAbout')} like ${holding(find)} escape '!' or ${sql.ref('givenName')} like ${holding(find)} escape '!')`
      const found = /^\d{1,9}$/.test(find) ? query.where('number', '=', Number(find)) : find === '' ? query : query.where(words)
      return found.orderBy('number', 'desc').limit(FOUND).execute()
    },
    /** The waiting too, and the deleted, whose words are gone. */
    async chat(sessionId: string, find: SaidQuery['find']): Promise<Said[]> {
      const query = db.selectFrom('chatMessages').select(['id', 'name', 'text', 'at']).where('sessionId', '=', sessionId)
      const found = find === '' ? query : query.where(sql<boolean>`${sql.ref('text')} like ${holding(find)} escape '!'`)
      return (await found.orderBy('seq', 'desc').limit(FOUND).execute()).map((message) => ({ ...message, number: null }))
    },
  }
}
