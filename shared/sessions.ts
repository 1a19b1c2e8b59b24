import { z } from 'zod'
import type { Announcement, PublicAttendance } from './attendance.ts'
import { identityRuleSchema } from './identity.ts'
import { LIMITS } from './limits.ts'
import { idSchema, instantSchema, lineSchema, sessionIdSchema, textSchema, versionSchema } from './schemas.ts'

export const phaseSchema = z.enum(['announced', 'backstage', 'live', 'paused', 'ended', 'archived', 'cancelled'])
export type Phase = z.infer<typeof phaseSchema>

export const sessionKindSchema = z.enum(['interview', 'symposium'])
export type SessionKind = z.infer<typeof sessionKindSchema>

export const guestSchema = z.strictObject({
  id: idSchema,
  name: lineSchema(1, LIMITS.nameLength),
  post: lineSchema(0, LIMITS.postLength),
  department: lineSchema(0, LIMITS.postLength),
  /** Id of an uploaded picture (GET /api/pictures/:id), or null. */
  pictureId: idSchema.nullable(),
  /** The department they speak for, of those that administrators keep; its name stands in `department`. */
  departmentId: idSchema.nullable(),
  /** Its spokesperson (新闻发言人). */
  spokesperson: z.boolean(),
})
export type Guest = z.infer<typeof guestSchema>

/** A label that the host defines and an asker may choose. */
export const topicSchema = z.strictObject({ id: idSchema, name: lineSchema(1, LIMITS.topicNameLength) })
export type Topic = z.infer<typeof topicSchema>

/** See {@link SelectionRule}. */
export const selectionRuleSchema = z.strictObject({ top: z.int().min(0).max(50), perTopic: z.int().min(0).max(10), correctEarly: z.boolean() })

const noneTwice = { params: { code: 'duplicate_id' } }
const distinct = (items: readonly { id: string }[]) => new Set(items.map(({ id }) => id)).size === items.length

export const sessionSettingsSchema = z.strictObject({
  /** Questions wait for a moderator before others see them. */
  reviewFirst: z.boolean(),
  /** Questions may be sent before the session is on air. */
  askBefore: z.boolean(),
  chatEnabled: z.boolean(),
  /** Seconds a person waits between two chat messages; 0 is off. */
  chatSlowSeconds: z.int().min(0).max(LIMITS.chatSlowSecondsMax),
  topics: z.array(topicSchema).max(LIMITS.topicsPerSession).refine(distinct, noneTwice),
  /** What the host promises on the choice of questions; null promises nothing. */
  rule: selectionRuleSchema.nullable(),
  /** Minutes after the end in which questions are still taken. */
  lateMinutes: z.int().min(0).max(LIMITS.lateMinutesMax),
  /** Seconds that an answer on air is given unless the host says otherwise; 0: no limit. */
  answerSeconds: z.int().min(0).max(LIMITS.answerSecondsMax),
  /** How well residents must be known to take part; watching never asks. */
  identity: identityRuleSchema,
})
export type SessionSettings = z.infer<typeof sessionSettingsSchema>

const editable = {
  kind: sessionKindSchema,
  title: lineSchema(1, LIMITS.titleLength),
  topic: lineSchema(0, LIMITS.topicLength),
  introduction: textSchema(0, LIMITS.introductionLength),
  startsAt: instantSchema,
  /** Planned length in minutes: for the calendar entry and the schedule, never enforced. */
  plannedMinutes: z.int().min(5).max(600),
  guests: z.array(guestSchema).max(LIMITS.guestsPerSession).refine(distinct, noneTwice),
  settings: sessionSettingsSchema,
}

/** POST /api/sessions. `id` is made by the client, so that a retry creates nothing twice. */
export const createSessionSchema = z.strictObject({ id: sessionIdSchema, ...editable })
export type CreateSession = z.infer<typeof createSessionSchema>

/** PUT /api/sessions/:id. Refused as `stale` when the session is no longer at `expectedVersion`. */
export const editSessionSchema = z.strictObject({ expectedVersion: versionSchema, ...editable })
export type EditSession = z.infer<typeof editSessionSchema>

/** What settings are when nobody chose: also for sessions made before a setting existed. */
export const DEFAULT_SETTINGS: SessionSettings = {
  reviewFirst: true,
  askBefore: true,
  chatEnabled: true,
  chatSlowSeconds: 0,
  topics: [],
  rule: null,
  lateMinutes: 0,
  answerSeconds: 0,
  identity: 'anonymous',
}

/** Who slowed or paused something, why, and since when; `by` is the role or the name that colleagues know. */
export type Notice = { by: string; reason: string; at: string }

/** Who cut everything off, and how questions and chat were until then: so they are again when the session goes on. */
export type CutNotice = Notice & { before: { paused: boolean; chatEnabled: boolean } }

/** How questions and chat are taken in right now: set at the desk, seen by everybody. */
export type Intake = {
  paused: boolean
  /** Seconds a person waits between two questions; 0 is off. */
  slowSeconds: number
  /** Of the last change to the above; null when nobody ever changed it. */
  notice: Notice | null
  /** Of the last change to the chat's settings. */
  chat: Notice | null
  /** Everything was cut off at once, and is until the session goes on. */
  cut: CutNotice | null
}
export const OPEN_INTAKE: Intake = { paused: false, slowSeconds: 0, notice: null, chat: null, cut: null }

/** The ledger's head as published when the session ended: whoever noted it can show any later change. */
export type Seal = { at: string; entries: number; head: string }

/** A session as everybody may see it. Times are UTC, ISO 8601. */
export type SessionView = Omit<CreateSession, 'id'> & {
  id: string
  phase: Phase
  version: number
  /** When it first went on air; seconds of the recording count from here. */
  wentLiveAt: string | null
  endedAt: string | null
  createdAt: string
  intake: Intake
  seal: Seal | null
  /** The pinned notice. */
  announcement: Announcement | null
  attendance: PublicAttendance
}

/** The schedule's line: GET /api/sessions. */
export type SessionSummary = Pick<SessionView, 'id' | 'kind' | 'title' | 'topic' | 'startsAt' | 'plannedMinutes' | 'phase' | 'guests' | 'endedAt'> & {
  /** Where the hall is; empty: there is none. */
  venue: string
  askBefore: boolean
  questions: number
  answered: number
}
