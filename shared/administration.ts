import { z } from 'zod'
import type { Role } from './accounts.ts'
import { lineSchema, sessionIdSchema } from './schemas.ts'
import type { Phase } from './sessions.ts'

/** What is written down of acts that matter. Add one here, and its texts in web/admin. */
export const AUDIT_ACTIONS = [
  'setup',
  'sign_in',
  'sign_in_failed',
  'locked',
  'sign_out',
  'password',
  'second_factor',
  'invite',
  'invitation_accepted',
  'invitation_revoked',
  'staff_edit',
  'staff_act',
  'department',
  'forum',
  'setting',
  'words',
  'team',
  'link',
  'link_used',
  'session_create',
  'session_edit',
  'session_phase',
  'session_cut',
  'attendance',
  'sanction',
  'chat_delete',
  'export',
  'look_up',
  'webhook',
  'retention',
  'erasure',
] as const
export const auditActionSchema = z.enum(AUDIT_ACTIONS)
export type AuditAction = z.infer<typeof auditActionSchema>

/** One line of the audit log. `detail`: facts of the act, never a secret and never a resident's identity. */
export type AuditEntry = {
  id: string
  at: string
  /** Name at the time; empty: somebody unknown (a failed sign-in), `system` for what runs by itself. */
  actor: string
  actorId: string | null
  action: AuditAction
  /** What it was done to, in words: a name, a title. */
  subject: string
  sessionId: string | null
  address: string
  detail: Record<string, string | number | boolean | null>
}
/** GET /api/admin/audit and /api/admin/audit.csv. `before`: id of the last entry seen. */
export const auditQuerySchema = z.strictObject({
  action: auditActionSchema.optional(),
  actor: lineSchema(1, 50).optional(),
  session: sessionIdSchema.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  before: z.uuid().optional(),
})
/** `lang`: of the column names. */
export const auditTableQuerySchema = auditQuerySchema.extend({ lang: z.enum(['zh-CN', 'en']).optional() })
export type AuditQuery = z.infer<typeof auditQuerySchema>
/** Newest first, at most 100; `next` is the `before` of the following page. */
export type AuditPage = { entries: AuditEntry[]; next: string | null }

/** GET /api/admin/health, as of now. `code` names what stands behind the state (its texts are in web/admin/health), `value` is a figure or a name to it, in no language. */
export type HealthPart = { part: 'database' | 'redis' | 'media' | 'turn' | 'storage' | 'sms' | 'oidc' | 'privacy' | 'https' | 'fonts'; state: 'ok' | 'off' | 'warning' | 'failing'; code: string; value: string }
/** GET /api/admin/storage: bytes. */
export type Storage = { engine: 'sqlite' | 'postgres'; database: number; pictures: { count: number; bytes: number }; free: number | null; rows: { table: string; count: number }[] }
/** GET /api/admin/work: what runs in the background, newest run first. */
export type Work = {
  jobs: { name: 'retention' | 'upkeep'; lastAt: string | null; nextAt: string | null; outcome: 'ok' | 'failed' | null; detail: Record<string, number> }[]
  deliveries: { waiting: number; failed: number; oldestWaitingAt: string | null }
}
/** GET /api/admin/sessions. `cut`: everything is cut off, by whom and why; `hosts` are names, `roles` counts. */
export type AdminSession = {
  id: string
  title: string
  phase: Phase
  startsAt: string
  watching: number
  cut: { by: string; reason: string; at: string } | null
  hosts: string[]
  roles: Partial<Record<Role, number>>
}

/** GET /api/admin/sessions/:id/said: finds what a look-up is to be about. `find`: the number of a question or raised hand, or some of the words; empty: the latest. */
export const saidQuerySchema = z.strictObject({ subject: z.enum(['question', 'chat', 'hand']), find: lineSchema(0, 50).default('') })
export type SaidQuery = z.infer<typeof saidQuerySchema>
/** Newest first, at most 20. `number`: of a question or raised hand. */
export type Said = { id: string; number: number | null; name: string | null; text: string; at: string }

/** What retention takes, in the order in which it goes about it. Add one here, and its texts in web/admin. */
export const RETENTION_RULES = [
  // After the log's days.
  'activity', // from where something was said
  'link_uses',
  'sign_ins', // that have ended
  'addresses', // of sign-ins that go on
  'audit_addresses', // from which staff acted; the acts stay
  'seats', // of links that are void
  'rights_changes',
  'invitations',
  'phone_codes',
  'job_runs',
  'deliveries', // to webhooks and devices
  // So many days after a session's end.
  'questions', // lose the person who asked
  'wordings', // as written before they were corrected or masked, notes between moderators, and names that were never public
  'votes', // lose the person and the digest of their address
  'poll_answers',
  'objections',
  'chat_authors',
  'chat_unseen', // messages that were deleted or never shown
  'sanctions',
  'flags', // of stuffed votes: lose the digest of their source
  'hands', // lose who raised them, and names and words that nobody was shown
  'attendees', // of a symposium: lose name, number and what was noted
  'check_ins', // at the door
  'hall_people', // who said the code of the hall
  'devices', // that held a link
  'events', // the session's log, which clients catch up with
  // So many days after a session's end, of their own.
  'chat',
  // Since they were last seen.
  'verifications',
  'audit',
  'pictures', // that nothing shows
  // Of people of whom nothing else is left.
  'push',
  'consents',
  'guards',
] as const
export type RetentionRule = (typeof RETENTION_RULES)[number]
/** GET and POST /api/admin/retention/preview, and POST /api/admin/retention/run: how many rows each rule takes. */
export type RetentionOutcome = Record<RetentionRule, number>
/** GET /api/admin/workdays/due?from=2026-09-28: when something that is handed over that day is due. */
export const dueQuerySchema = z.strictObject({ from: z.iso.date().regex(/^20/) })
export type DueDate = {
  from: string
  due: string
  /** From the day after `from` to `due`. `name`: the holiday, or the note of a day that this installation has otherwise; empty: a plain day. */
  days: { date: string; working: boolean; name: { 'zh-CN': string; en: string } }[]
  /** A day in it is not settled: the calendar of its year is not published yet. */
  provisional: boolean
}

/** POST /api/sessions/:id/cut and the socket's `session:cut`: picture, sound, questions and chat stop at once. */
export const cutSchema = z.strictObject({ sessionId: sessionIdSchema, reason: lineSchema(0, 200) })
export const cutBodySchema = cutSchema.omit({ sessionId: true })
export type Cut = z.infer<typeof cutSchema>
