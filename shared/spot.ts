import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema, sessionIdSchema, textSchema, versionSchema } from './schemas.ts'

/** What was done in the room: an answer given, a promise made, a task taken. */
export const spotKindSchema = z.enum(['answer', 'promise', 'task'])
export type SpotKind = z.infer<typeof spotKindSchema>

const editable = {
  kind: spotKindSchema,
  /** What it is about: a question, or what a raised hand said; null both: the session as a whole. */
  questionId: idSchema.nullable(),
  handId: idSchema.nullable(),
  /** Who answered or takes it on: one of the session's guests, or somebody by name. */
  guestId: idSchema.nullable(),
  who: lineSchema(1, LIMITS.nameLength),
  departmentId: idSchema.nullable(),
  /** In a few words; may be added later. */
  text: textSchema(0, LIMITS.spotTextLength),
  /** Until when, a date in the county. Promises and tasks have one. */
  dueOn: z.iso.date().nullable(),
}
const dated = ({ kind, dueOn }: { kind: SpotKind; dueOn: string | null }) => (kind === 'answer') === (dueOn === null)
const NEEDS_DATE = { path: ['dueOn'], params: { code: 'date_needed' } }

/** Records what was just said, or corrects it (`expectedVersion` not null). Public at once. `id` is made by the client. */
export const saveSpotSchema = z.strictObject({ sessionId: sessionIdSchema, id: idSchema, expectedVersion: versionSchema.nullable(), ...editable }).refine(dated, NEEDS_DATE)
export type SaveSpot = z.infer<typeof saveSpotSchema>

/** Takes a record back that was made by mistake; it stays in public, struck out, with the reason. */
export const withdrawSpotSchema = z.strictObject({ sessionId: sessionIdSchema, id: idSchema, expectedVersion: versionSchema, reason: lineSchema(1, LIMITS.reasonLength) })
export type WithdrawSpot = z.infer<typeof withdrawSpotSchema>

/** A record made on the spot, as everybody sees it. `department`: its name, empty for none. */
export type SpotRecord = Omit<SaveSpot, 'sessionId' | 'expectedVersion'> & {
  /** Counts from 1 within the session. */
  number: number
  department: string
  at: string
  /** The role, or the name that colleagues know, of who recorded it. */
  by: string
  /** null: it stands. */
  withdrawn: { reason: string; at: string } | null
  version: number
}

/** GET /api/workdays/due: dates that are promised often, counted from today in the county. `days`: working days, null a month. `provisional`: the calendar of its year is not published yet. */
export type DueChoice = { days: number | null; due: string; provisional: boolean }
