import { z } from 'zod'
import { RETENTION_RULES, auditActionSchema } from '../administration.ts'
import type { AuditEntry, AuditPage, RetentionOutcome, RetentionRule } from '../administration.ts'
import { describes } from './describes.ts'
import { id, instant } from './questions.ts'

const text = z.string()

const auditEntrySchema = describes<AuditEntry>()(
  z.strictObject({
    id,
    at: instant,
    actor: text.describe('Empty: somebody unknown; `system`: what runs by itself'),
    actorId: text.nullable(),
    action: auditActionSchema,
    subject: text,
    sessionId: text.nullable(),
    address: text,
    detail: z.record(text, z.union([text, z.number(), z.boolean(), z.null()])),
  }),
)
export const auditPageSchema = describes<AuditPage>()(z.strictObject({ entries: z.array(auditEntrySchema), next: id.nullable() }))

export const retentionOutcomeSchema = describes<RetentionOutcome>()(z.strictObject(Object.fromEntries(RETENTION_RULES.map((rule) => [rule, z.int()])) as Record<RetentionRule, z.ZodInt>))
