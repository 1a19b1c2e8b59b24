import type { AuditAction, AuditEntry } from '../../shared/administration.ts'

/** Who acts: a name as of now, and from where. `SYSTEM` for what runs by itself. */
export type AuditActor = Pick<AuditEntry, 'actor' | 'actorId' | 'address'>
export const SYSTEM: AuditActor = { actor: 'system', actorId: null, address: '' }

/** One act to be written down. `detail` holds neither secrets nor who a resident is. */
export type AuditNote = AuditActor & { action: AuditAction; subject: string; sessionId?: string | null; detail?: AuditEntry['detail'] }

const DAY = 86_400_000
/** The county's time has no summer time. */
const COUNTY = '+08:00'

/** Start and end of a day (YYYY-MM-DD) of the county's, UTC ISO 8601. */
export function dayBounds(date: string): { start: string; end: string } {
  const start = Date.parse(`${date}T00:00:00${COUNTY}`)
  return { start: new Date(start).toISOString(), end: new Date(start + DAY).toISOString() }
}
