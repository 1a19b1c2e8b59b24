import { z } from 'zod'
import { attendeeStateSchema } from '../attendance.ts'
import type { AttendanceList, DoorList, Hall, OwnAttendance, Reminded } from '../attendance.ts'
import type { Forum, PublicForum } from '../forums.ts'
import { describes } from './describes.ts'
import { id, instant } from './questions.ts'

const text = z.string()
const count = z.int().min(0)

export const forumSchema = describes<Forum>()(
  z.strictObject({ id, name: text, code: text, origins: z.array(text), contact: text, members: count, archived: z.boolean(), version: z.int() }),
)
export const publicForumSchema = describes<PublicForum>()(z.strictObject({ id, name: text, code: text, members: count }))

const figures = describes<Hall['figures']>()(
  z.strictObject({ invited: count, accepted: count, waiting: count, applied: count, refused: count, declined: count, cancelled: count, checkedIn: count }),
)

const attendee = z.strictObject({
  id,
  forumId: id.nullable(),
  name: text,
  phoneHint: text,
  state: attendeeStateSchema,
  waitingNumber: z.int().min(1).nullable(),
  seat: text,
  tableId: id.nullable(),
  note: text,
  reason: text,
  url: z.url().nullable(),
  createdAt: instant,
  repliedAt: instant.nullable(),
  remindedAt: instant.nullable(),
  reachable: z.boolean(),
  checkedInAt: instant.nullable(),
  checkedInBy: text.nullable(),
  version: z.int(),
})

export const attendanceListSchema = describes<AttendanceList>()(
  z.strictObject({
    settings: z.strictObject({ version: z.int(), venue: text, seats: count, quotas: z.array(z.strictObject({ forumId: id, seats: count })), applyUntil: instant.nullable(), hallCode: text }),
    attendees: z.array(attendee),
    figures,
  }),
)

export const remindedSchema = describes<Reminded>()(z.strictObject({ sent: count, byHand: z.array(id) }))

export const ownAttendanceSchema = describes<OwnAttendance | null>()(
  attendee
    .pick({ id: true, name: true, state: true, waitingNumber: true, seat: true, reason: true, checkedInAt: true, repliedAt: true, version: true })
    .extend({ forum: text, table: text, code: text.nullable() })
    .nullable(),
)

export const doorListSchema = describes<DoorList>()(
  z.strictObject({
    sessionId: text,
    title: text,
    startsAt: instant,
    entries: z.array(z.strictObject({ id, name: text, forum: text, seat: text, table: text, state: attendeeStateSchema, proof: text, checkedInAt: instant.nullable() })),
    forums: z.array(z.strictObject({ id, name: text })),
    at: instant,
  }),
)
