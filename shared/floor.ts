import { z } from 'zod'
import type { ForumRef } from './forums.ts'
import { LIMITS } from './limits.ts'
import type { HeldReason } from './questions.ts'
import { idSchema, lineSchema, sessionIdSchema, versionSchema } from './schemas.ts'

/** From where somebody wants to speak: the hall, or anywhere else. */
export const placeSchema = z.enum(['hall', 'home'])
export type Place = z.infer<typeof placeSchema>

/**
 * waiting: in the queue · invited: called, and asked to come on camera · checking: said yes, at the device check · backstage: ready, not seen yet ·
 * speaking: has the floor · spoke: had it · lowered: taken down, by whomever.
 */
export const handStateSchema = z.enum(['waiting', 'invited', 'checking', 'backstage', 'speaking', 'spoke', 'lowered'])
export type HandState = z.infer<typeof handStateSchema>

/** One table of a symposium in rounds (分组): has a queue of its own. */
const tableSchema = z.strictObject({ id: idSchema, name: lineSchema(1, LIMITS.topicNameLength) })
export type Table = z.infer<typeof tableSchema>

/** How the floor is run, as everybody sees it. `seconds`: what a speaker is given unless the director says otherwise. */
export type Floor = { version: number; open: boolean; seconds: number; tables: Table[] }
export const EMPTY_FLOOR: Floor = { version: 0, open: false, seconds: 120, tables: [] }

/** A raised hand, as everybody sees it. Those that were lowered are not shown. */
export type PublicHand = {
  id: string
  /** Counts from 1 within the session, in order of raising. */
  number: number
  /** null: not given, or held back until somebody of the desk calls it. */
  name: string | null
  place: Place
  /** Whom they represent. */
  forum: ForumRef | null
  topicId: string | null
  tableId: string | null
  /** The question of their own that they want to put. */
  questionId: string | null
  state: HandState
  /** How often the same person had the floor in this session before. */
  turns: number
  /** In their words; shown from being called on. */
  about: string | null
  raisedAt: string
  /** When the hand was called: invited, or given the floor without. */
  calledAt: string | null
  startedAt: string | null
  endedAt: string | null
  /** Seconds that the speaker has, from `startedAt`. */
  seconds: number
  /** On camera with a device of their own; otherwise in the hall, with its microphone. */
  camera: boolean
  /** Why it was called before its turn; null: it was its turn. */
  outOfTurn: string | null
  version: number
}

/** What the desk sees besides. */
export type DeskHand = PublicHand & {
  /** The name as given, also while it is held back. */
  givenName: string | null
  givenAbout: string
  /** Pseudonym, as on questions and chat messages; of somebody without a device of their own, one that stands for the name. */
  asker: string
  held: HeldReason[]
  /** Where they sit, as far as it is known. */
  seat: string
  attendeeId: string | null
  /** The colleague who raised it for them. */
  enteredBy: string | null
}

/** Opens and closes the floor, and sets time and tables. `stale` at another version. A table that somebody waits at cannot be taken away: `wrong_state`. */
export const setFloorSchema = z.strictObject({
  sessionId: sessionIdSchema,
  expectedVersion: versionSchema,
  open: z.boolean(),
  seconds: z.int().min(15).max(LIMITS.floorSecondsMax),
  tables: z
    .array(tableSchema)
    .max(LIMITS.floorTables)
    .refine((tables) => new Set(tables.map(({ id }) => id)).size === tables.length, { params: { code: 'duplicate_id' } }),
})
export type SetFloor = z.infer<typeof setFloorSchema>

const wish = { topicId: idSchema.nullable(), tableId: idSchema.nullable(), about: lineSchema(0, LIMITS.handAboutLength) }

/** Raises one's own hand: one at a time. `id` is made by the client; a retry with the same one raises nothing twice. */
export const raiseHandSchema = z.strictObject({
  sessionId: sessionIdSchema,
  id: idSchema,
  name: lineSchema(1, LIMITS.nameLength).nullable(),
  /** A question of their own in this session. */
  questionId: idSchema.nullable(),
  ...wish,
})
export type RaiseHand = z.infer<typeof raiseHandSchema>

/** Raises the hand of somebody in the hall who has no phone at hand: of one on the list, or of anybody by name. */
export const raiseForSchema = z
  .strictObject({ sessionId: sessionIdSchema, id: idSchema, attendeeId: idSchema.nullable(), name: lineSchema(0, LIMITS.nameLength), seat: lineSchema(0, LIMITS.seatLength), ...wish })
  .refine(({ attendeeId, name }) => attendeeId !== null || name !== '', { path: ['name'], params: { code: 'too_short', min: 1 } })
export type RaiseFor = z.infer<typeof raiseForSchema>

const target = { sessionId: sessionIdSchema, handId: idSchema, expectedVersion: versionSchema }
const seconds = z.int().min(15).max(LIMITS.floorSecondsMax)
/** Why it is called before its turn: words that everybody sees. Needed when it is not the next one (rules/floor.ts), in the whole queue or at its table. */
const reason = lineSchema(0, LIMITS.reasonLength)

/** One step of a hand (rules/handLifecycle.ts). Anything but the version that the person saw is refused as `stale`. */
export const handActSchema = z.discriminatedUnion('action', [
  /** Calls it, and asks the person to come on camera. */
  z.strictObject({ ...target, action: z.literal('invite'), reason }),
  z.strictObject({ ...target, action: z.literal('accept') }),
  /** The device check is passed. */
  z.strictObject({ ...target, action: z.literal('ready') }),
  /** Gives the floor: to who is ready backstage, or to who is in the hall. */
  z.strictObject({ ...target, action: z.literal('start'), seconds, reason }),
  /** Sets the speaker's time anew, counted from `startedAt`. */
  z.strictObject({ ...target, action: z.literal('time'), seconds }),
  /** Takes the floor back: picture and sound end at once. Also by the speaker. */
  z.strictObject({ ...target, action: z.literal('finish') }),
  /** Back into the queue, where it was. */
  z.strictObject({ ...target, action: z.literal('recall') }),
  /** The person takes it down. */
  z.strictObject({ ...target, action: z.literal('lower') }),
  /** The desk takes it down: nobody there, not serious. The person is told why. */
  z.strictObject({ ...target, action: z.literal('dismiss'), reason }),
  /** The desk knows better from where, on what and at which table. */
  z.strictObject({ ...target, action: z.literal('arrange'), place: placeSchema, topicId: idSchema.nullable(), tableId: idSchema.nullable() }),
])
export type HandAct = z.infer<typeof handActSchema>
export type HandAction = HandAct['action']

/** Says that this person is in the hall: by the code on the big screen. */
export const enterHallSchema = z.strictObject({ sessionId: sessionIdSchema, code: z.string().regex(/^\d{6}$/) })
export type EnterHall = z.infer<typeof enterHallSchema>

/** What this person is told of their own hand, besides what everybody sees. `reason`: of the desk, when it took the hand down. */
export type OwnHand = { id: string; version: number; state: HandState; reason: string | null }
