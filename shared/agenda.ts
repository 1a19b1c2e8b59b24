import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema, sessionIdSchema, versionSchema } from './schemas.ts'

/** What a part of the run of show is: the leader's briefing, representatives in turn, the open floor (hands), closing words, or anything else. */
export const agendaKindSchema = z.enum(['briefing', 'representatives', 'open_floor', 'closing', 'other'])
export type AgendaKind = z.infer<typeof agendaKindSchema>

/** Who speaks in a part: one of the session's guests, or somebody by name. */
const speakerSchema = z.strictObject({ guestId: idSchema.nullable(), name: lineSchema(1, LIMITS.nameLength) })

const agendaItemSchema = z.strictObject({
  id: idSchema,
  kind: agendaKindSchema,
  title: lineSchema(1, LIMITS.agendaTitleLength),
  /** Planned length. */
  minutes: z.int().min(1).max(LIMITS.agendaMinutesMax),
  speakers: z.array(speakerSchema).max(LIMITS.agendaSpeakers),
  /** Questions that are lined up for it. One that is no longer public is not shown. */
  questionIds: z.array(idSchema).max(LIMITS.agendaQuestions),
})
export type AgendaItem = z.infer<typeof agendaItemSchema>

/** One time that a part was on. `minutes`: planned for it, with what the director added or took away. The one that is on has no `endedAt`. */
export type AgendaRun = { itemId: string; startedAt: string; endedAt: string | null; minutes: number }

/** The run of show of a symposium, as everybody sees it. `current`: id of the part that is on; its run is the last one. */
export type Agenda = { version: number; items: AgendaItem[]; current: string | null; runs: AgendaRun[] }
export const EMPTY_AGENDA: Agenda = { version: 0, items: [], current: null, runs: [] }

/** Replaces the list. Refused as `stale` at another version, and as `wrong_state` when it would take away a part that was on. */
export const saveAgendaSchema = z.strictObject({
  sessionId: sessionIdSchema,
  expectedVersion: versionSchema,
  items: z
    .array(agendaItemSchema)
    .max(LIMITS.agendaItems)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, { params: { code: 'duplicate_id' } }),
})
export type SaveAgenda = z.infer<typeof saveAgendaSchema>

const target = { sessionId: sessionIdSchema, expectedVersion: versionSchema }
export const agendaActSchema = z.discriminatedUnion('action', [
  /** Ends the part that is on and begins this one; null: the agenda is through. Going back to one that was on begins another run of it. */
  z.strictObject({ ...target, action: z.literal('go'), itemId: idSchema.nullable() }),
  /** More time for the part that is on, or less. */
  z.strictObject({ ...target, action: z.literal('extend'), minutes: z.int().min(-LIMITS.agendaMinutesMax).max(LIMITS.agendaMinutesMax) }),
])
export type AgendaAct = z.infer<typeof agendaActSchema>
