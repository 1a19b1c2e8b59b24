import { z } from 'zod'
import { spotKindSchema } from '../spot.ts'
import type { DueChoice, SpotRecord } from '../spot.ts'
import { describes } from './describes.ts'

const text = z.string()
const id = z.uuid()
const instant = z.iso.datetime()

export const spotShape = {
  id,
  number: z.int(),
  kind: spotKindSchema,
  questionId: id.nullable(),
  handId: id.nullable(),
  guestId: id.nullable(),
  who: text,
  departmentId: id.nullable(),
  department: text,
  text,
  dueOn: z.iso.date().nullable().describe('Until when; an answer has none'),
  at: instant,
  by: text.describe('Who recorded it: their name as the desk knows it, or their role'),
  withdrawn: z.strictObject({ reason: text, at: instant }).nullable().describe('null: it stands'),
  version: z.int(),
}

export const spotRecordSchema = describes<SpotRecord>()(z.strictObject(spotShape))

export const dueChoiceSchema = describes<DueChoice>()(z.strictObject({ days: z.int().nullable().describe('Working days; null: a month'), due: z.iso.date(), provisional: z.boolean() }))
