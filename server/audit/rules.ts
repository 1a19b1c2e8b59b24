import type { AuditAction, AuditEntry } from '../../shared/administration.ts'

/** Who acts: a name as of now, and from where. `SYSTEM` for what runs by itself. */
export type AuditActor = Pick<AuditEntry, 'actor' | 'actorId' | 'address'>
export const SYSTEM: AuditActor = { actor: 'system', actorId: null, address: '' }

/** One act to be written down. `detail` holds neither secrets nor who a resident is. */
export type AuditNote = AuditActor & { action: AuditAction; subject: string; sessionId?: string | null; detail?: AuditEntry['detail'] }
