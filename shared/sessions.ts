import { z } from 'zod'
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
})
export type Guest = z.infer<typeof guestSchema>

export const sessionSettingsSchema = z.strictObject({
  /** Questions wait for a moderator before others see them. */
  reviewFirst: z.boolean(),
  /** Questions may be sent before the session is on air. */
  askBefore: z.boolean(),
  chatEnabled: z.boolean(),
  /** Seconds a person waits between two chat messages; 0 is off. */
  chatSlowSeconds: z.int().min(0).max(LIMITS.chatSlowSecondsMax),
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
  guests: z.array(guestSchema).max(LIMITS.guestsPerSession).refine((guests) => new Set(guests.map((guest) => guest.id)).size === guests.length, { params: { code: 'duplicate_id' } }),
  settings: sessionSettingsSchema,
}

/** POST /api/sessions. `id` is made by the client, so that a retry creates nothing twice. */
export const createSessionSchema = z.strictObject({ id: sessionIdSchema, ...editable })
export type CreateSession = z.infer<typeof createSessionSchema>

/** PUT /api/sessions/:id. Refused as `stale` when the session is no longer at `expectedVersion`. */
export const editSessionSchema = z.strictObject({ expectedVersion: versionSchema, ...editable })
export type EditSession = z.infer<typeof editSessionSchema>

/** A session as everybody may see it. Times are UTC, ISO 8601. */
export type SessionView = Omit<CreateSession, 'id'> & {
  id: string
  phase: Phase
  version: number
  /** When it first went on air; seconds of the recording count from here. */
  wentLiveAt: string | null
  endedAt: string | null
  createdAt: string
}

/** The schedule's line: GET /api/sessions. */
export type SessionSummary = Pick<SessionView, 'id' | 'kind' | 'title' | 'topic' | 'startsAt' | 'plannedMinutes' | 'phase' | 'guests' | 'endedAt'> & {
  askBefore: boolean
  questions: number
  answered: number
}
