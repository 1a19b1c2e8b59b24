import { z } from 'zod'
import type { DeskQuestion, FateStep, PublicQuestion, QuestionFate, WrittenAnswer } from '../questions.ts'
import { channelSchema, questionStateSchema } from '../questions.ts'
import { DECLINE_CODES } from '../rules/declining.ts'
import { QUESTION_ACTIONS } from '../rules/questionLifecycle.ts'
import { describes } from './describes.ts'
import { spotRecordSchema } from './spot.ts'

export const instant = z.iso.datetime().describe('UTC, ISO 8601')
export const id = z.uuid()
const text = z.string()
export const askedSchema = z.enum(['before', 'during', 'after'])
export const declineCodeSchema = z.enum(DECLINE_CODES)
const guestId = id.nullable()
const ref = z.strictObject({ id, number: z.int() })
export const forumRefSchema = z.strictObject({ id, name: text }).describe('In whose pages it was asked')

export const writtenAnswerSchema = describes<WrittenAnswer>()(z.strictObject({ text, guestId: guestId.describe('null: the organiser'), name: text, post: text, at: instant }))
export const setAsideSchema = z.strictObject({ votes: z.int(), note: text })

const publicShape = {
  id,
  number: z.int(),
  text,
  name: text.nullable().describe('null: anonymous'),
  state: questionStateSchema,
  votes: z.int(),
  submittedAt: instant,
  publicAt: instant.nullable(),
  askedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  timeLimit: z.int().nullable().describe('Seconds'),
  answer: writtenAnswerSchema.nullable(),
  topicId: id.nullable(),
  guestId,
  pictureId: id.nullable(),
  channel: channelSchema,
  forum: forumRefSchema.nullable(),
  asked: askedSchema,
  follows: z.int().nullable(),
  merged: z.int(),
  objections: z.int(),
  setAside: setAsideSchema.nullable(),
  edited: z.boolean(),
  version: z.int(),
}
export const publicQuestionSchema = describes<PublicQuestion>()(z.strictObject(publicShape))

const ownShape = { ...publicShape, originalText: text, reasonCode: declineCodeSchema.nullable(), reason: text.nullable(), mergedInto: ref.nullable() }

export const deskQuestionSchema = describes<DeskQuestion>()(
  z.strictObject({
    ...ownShape,
    asker: text,
    held: z.array(z.enum(['sensitive_word', 'muted', 'banned'])),
    notes: z.array(z.strictObject({ id, text, by: text, at: instant })),
    enteredBy: text.nullable(),
  }),
)

export const fateStepSchema = describes<FateStep>()(
  z.strictObject({
    at: instant,
    action: z.enum([...QUESTION_ACTIONS, 'submit', 'object', 'set_aside', 'restore_votes']),
    from: questionStateSchema.nullable(),
    to: questionStateSchema,
    role: text,
    reason: text.nullable(),
    code: declineCodeSchema.nullable(),
    into: z.int().nullable(),
  }),
)

export const questionFateSchema = describes<QuestionFate>()(
  z.strictObject({
    sessionId: text,
    sessionTitle: text,
    wentLiveAt: instant.nullable(),
    question: z.strictObject(ownShape),
    steps: z.array(fateStepSchema),
    root: z
      .strictObject({ question: publicQuestionSchema.nullable(), number: z.int(), state: questionStateSchema, reasonCode: declineCodeSchema.nullable(), reason: text.nullable(), steps: z.array(fateStepSchema) })
      .nullable(),
    topic: text.nullable(),
    spots: z.array(spotRecordSchema),
  }),
)
