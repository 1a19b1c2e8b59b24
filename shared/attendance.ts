import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { idSchema, instantSchema, lineSchema, sessionIdSchema, textSchema, versionSchema } from './schemas.ts'

/** invited: asked, no reply yet · accepted: has a place · waiting: would come, and no place is free · applied: a resident who asks for a place · refused: was not given one · declined: will not come · cancelled: the county took it back. */
export const attendeeStateSchema = z.enum(['invited', 'accepted', 'waiting', 'applied', 'refused', 'declined', 'cancelled'])
export type AttendeeState = z.infer<typeof attendeeStateSchema>

/** Seats that a forum may fill with representatives of its own. */
const quotaSchema = z.strictObject({ forumId: idSchema, seats: z.int().min(0).max(LIMITS.hallSeats) })

const editable = {
  venue: lineSchema(0, LIMITS.venueLength),
  /** In the hall, of invited people and applicants together; 0: without limit. */
  seats: z.int().min(0).max(LIMITS.hallSeats),
  quotas: z
    .array(quotaSchema)
    .max(LIMITS.forums)
    .refine((quotas) => new Set(quotas.map(({ forumId }) => forumId)).size === quotas.length, { params: { code: 'duplicate_id' } }),
  /** Until when residents may apply; null: they cannot. */
  applyUntil: instantSchema.nullable(),
}
/** PUT /api/sessions/:id/attendance */
export const setAttendanceSchema = z.strictObject({ expectedVersion: versionSchema, ...editable })
export type SetAttendance = z.infer<typeof setAttendanceSchema>

/** As kept with the session. `hallCode`: six digits on the big screen, by which a phone in the hall is known to be there. */
export type AttendanceSettings = Omit<SetAttendance, 'expectedVersion'> & { version: number; hallCode: string }
/** What everybody may know of it, with the session. */
export type PublicAttendance = Pick<SetAttendance, 'venue' | 'seats' | 'applyUntil'>

/** Of the desk: how many there are in each state, and how many have come; and the code that the big screen shows. */
export type Hall = { code: string; figures: Record<AttendeeState, number> & { checkedIn: number } }
export const NOBODY: Hall['figures'] = { invited: 0, accepted: 0, waiting: 0, applied: 0, refused: 0, declined: 0, cancelled: 0, checkedIn: 0 }

/** Somebody on the list, as the county's office sees them. */
export type Attendee = {
  id: string
  /** null: a resident on their own. */
  forumId: string | null
  name: string
  /** Last four digits of a number that was given, for telling people apart; empty: none was. */
  phoneHint: string
  state: AttendeeState
  /** Place in the waiting list, from 1; null for everybody else. */
  waitingNumber: number | null
  seat: string
  tableId: string | null
  /** What an applicant wrote, or the office noted. */
  note: string
  /** Why they were refused; they are told. */
  reason: string
  /** The sign-in link of a representative, to be handed on; null: applied by themselves. */
  url: string | null
  createdAt: string
  repliedAt: string | null
  remindedAt: string | null
  /** Whether a reminder reaches them by itself: by a message to their phone or their browser. */
  reachable: boolean
  checkedInAt: string | null
  checkedInBy: string | null
  version: number
}

/** GET /api/sessions/:id/attendance, and the answer to whatever changes it. */
export type AttendanceList = { settings: AttendanceSettings; attendees: Attendee[]; figures: Hall['figures'] }

const phoneSchema = z.string().regex(/^\+?\d{6,15}$/)
/** POST /api/sessions/:id/attendees: invites by forum, many at once. Ids are made by the client. `invalid_input` with `over_quota` when a forum has no seats left. */
export const inviteAttendeesSchema = z.strictObject({
  attendees: z
    .array(z.strictObject({ id: idSchema, name: lineSchema(1, LIMITS.nameLength), forumId: idSchema.nullable(), phone: phoneSchema.nullable() }))
    .min(1)
    .max(LIMITS.attendeesAtOnce),
})
export type InviteAttendees = z.infer<typeof inviteAttendeesSchema>

export const attendeeParamsSchema = z.strictObject({ id: sessionIdSchema, attendeeId: idSchema })
/** PUT /api/sessions/:id/attendees/:attendeeId */
export const attendeeActSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('edit'), expectedVersion: versionSchema, name: lineSchema(1, LIMITS.nameLength), seat: lineSchema(0, LIMITS.seatLength), tableId: idSchema.nullable(), note: textSchema(0, LIMITS.noteLength) }),
  /** Gives an applicant, or somebody who waits, a place; without a free one they wait. */
  z.strictObject({ action: z.literal('accept'), expectedVersion: versionSchema }),
  z.strictObject({ action: z.literal('refuse'), expectedVersion: versionSchema, reason: lineSchema(0, LIMITS.reasonLength) }),
  /** Takes invitation or place back: their link ends. */
  z.strictObject({ action: z.literal('cancel'), expectedVersion: versionSchema }),
])
export type AttendeeAct = z.infer<typeof attendeeActSchema>

/** POST /api/sessions/:id/attendees/seats: gives everybody who has a place and no seat yet one that is free, `3排5座`, members of a forum beside one another. Who finds none keeps none. */
export const assignSeatsSchema = z.strictObject({ rows: z.int().min(1).max(100), perRow: z.int().min(1).max(100) })
export type AssignSeats = z.infer<typeof assignSeatsSchema>

/** POST /api/sessions/:id/attendees/remind: those who have not replied, or who have a place. Empty: all of them. */
export const remindSchema = z.strictObject({ attendeeIds: z.array(idSchema).max(LIMITS.hallSeats) })
/** How many were sent a message, and who must be told by hand. */
export type Reminded = { sent: number; byHand: string[] }

/** What a door device knows of one person; enough to work without a network. */
export type DoorEntry = {
  id: string
  name: string
  forum: string
  seat: string
  table: string
  state: AttendeeState
  /** SHA-256 (hex) of the code in their QR. */
  proof: string
  checkedInAt: string | null
}
/** GET /api/sessions/:id/door, and the answer of POST /api/sessions/:id/check-ins. */
export type DoorList = { sessionId: string; title: string; startsAt: string; entries: DoorEntry[]; forums: { id: string; name: string }[]; at: string }

/** One thing that happened at the door, perhaps a while ago: `at` is the device's clock. `walkIn`: somebody who was not on the list, under the id `attendeeId`. */
const checkInSchema = z.strictObject({
  id: idSchema,
  attendeeId: idSchema,
  at: instantSchema,
  /** Checked in by mistake. */
  undo: z.boolean(),
  walkIn: z.strictObject({ name: lineSchema(1, LIMITS.nameLength), forumId: idSchema.nullable() }).nullable(),
})
export type CheckIn = z.infer<typeof checkInSchema>
/** Each is done once, whatever device sends it how often; the first time that somebody was checked in stays. */
export const checkInsSchema = z.strictObject({ checkIns: z.array(checkInSchema).max(LIMITS.attendeesAtOnce) })
export type CheckIns = z.infer<typeof checkInsSchema>

/** What the QR at the door holds. */
export const checkInText = (sessionId: string, code: string) => `fangtan:${sessionId}:${code}`

/** GET /api/sessions/:id/attendance/own: this person's invitation or application, null for none. */
export type OwnAttendance = Pick<Attendee, 'id' | 'name' | 'state' | 'waitingNumber' | 'seat' | 'reason' | 'checkedInAt' | 'repliedAt' | 'version'> & {
  forum: string
  table: string
  /** For the door; null before there is a place. */
  code: string | null
}
/** POST of the same: the reply of somebody who was invited, or who had said otherwise before; also by an applicant who will not come after all. */
export const replySchema = z.strictObject({ coming: z.boolean() })
/** POST /api/sessions/:id/attendance/apply. Once for each person: `taken` after that. */
export const applySchema = z.strictObject({ id: idSchema, name: lineSchema(1, LIMITS.nameLength), phone: phoneSchema.nullable(), note: textSchema(0, LIMITS.noteLength) })
export type Apply = z.infer<typeof applySchema>

/** PUT /api/sessions/:id/announcement: the pinned notice (置顶公告), which stands above everything until it is taken away (empty). */
export const setAnnouncementSchema = z.strictObject({ expectedVersion: versionSchema, text: textSchema(0, LIMITS.announcementLength) })
export type SetAnnouncement = z.infer<typeof setAnnouncementSchema>
export type Announcement = { text: string; at: string; by: string }
