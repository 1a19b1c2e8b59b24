import type { AuditEntry, AuditPage, AuditQuery } from '../../shared/administration.ts'
import type { Access } from '../accounts/access.ts'
import { csvFrom } from '../exports/csv.ts'
import { localTime } from '../exports/rules.ts'
import type { Language } from '../exports/words.ts'
import { auditActor } from './actor.ts'
import type { AuditReading } from './reading.ts'
import { SYSTEM } from './rules.ts'
import type { AuditNote } from './rules.ts'
import { auditWordsIn } from './words.ts'
import type { AuditWords } from './words.ts'

const PAGE = 100
/** Entries that one reading takes, and one export. */
const AT_ONCE = 1_000
const EXPORTED = 100_000

const detailOf = (detail: AuditEntry['detail']) =>
  Object.entries(detail)
    .map(([key, value]) => `${key}=${value}`)
    .join('; ')

/** A line of the table. Who is unknown, or nobody, is said in words. */
const lineOf = ({ at, actor, actorId, action, subject, sessionId, address, detail }: AuditEntry, words: AuditWords): string[] => [
  localTime(at),
  // Somebody may bear the name; nobody is the system.
  actor === SYSTEM.actor && actorId === null ? words.system : actor === '' ? words.unknown : actor,
  words.action[action],
  subject,
  sessionId ?? '',
  address,
  detailOf(detail),
]

export type AuditService = ReturnType<typeof createAuditService>

/** The log of acts, for whoever oversees the others. */
export function createAuditService(deps: { access: Access; reading: Pick<AuditReading, 'page'>; note: (note: AuditNote) => Promise<void> }) {
  const { access, reading, note } = deps
  return {
    /** Newest first. @throws RefusedError `forbidden` */
    async page(personId: string, query: AuditQuery): Promise<AuditPage> {
      await access.require(personId, null, 'audit.view')
      const entries = await reading.page(query, PAGE + 1)
      const shown = entries.slice(0, PAGE)
      return { entries: shown, next: entries.length > PAGE ? (shown.at(-1)?.id ?? null) : null }
    },

    /** All that fits as a table (CSV), newest first, at most 100,000 lines; that it was taken out is an act, too. @throws RefusedError `forbidden` */
    async table(personId: string, query: AuditQuery, language: Language, address: string): Promise<string> {
      await access.require(personId, null, 'audit.export')
      const words = auditWordsIn(language)
      const lines: string[][] = []
      for (let before = query.before; lines.length < EXPORTED; ) {
        const entries: AuditEntry[] = await reading.page({ ...query, ...(before === undefined ? {} : { before }) }, AT_ONCE)
        lines.push(...entries.map((entry) => lineOf(entry, words)))
        before = entries.at(-1)?.id
        if (entries.length < AT_ONCE) break
        // Others have their turn between two readings.
        await new Promise((resolve) => setImmediate(resolve))
      }
      await note({ ...(await auditActor(access, personId, address)), action: 'export', subject: 'audit', detail: { ...query, lines: lines.length } })
      return csvFrom([Object.values(words.column), ...lines])
    },
  }
}
