import { z } from 'zod'
import { pollKindSchema } from '../polls.ts'
import { phaseSchema } from '../sessions.ts'
import { webhookEventSchema } from '../webhooks.ts'
import type { Delivery, Webhook } from '../webhooks.ts'
import { describes } from './describes.ts'
import { id, instant, publicQuestionSchema } from './questions.ts'

const text = z.string()

export const webhookSchema = describes<Webhook>()(
  z.strictObject({ id, url: text, events: z.array(webhookEventSchema), active: z.boolean(), secret: text.describe('`whsec_…`'), createdAt: instant, waiting: z.int(), failed: z.int() }),
)

export const deliverySchema = describes<Delivery>()(
  z.strictObject({
    id,
    event: z.union([webhookEventSchema, z.literal('test')]),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    outcome: text.nullable().describe('HTTP status of the last attempt, or a word for what went wrong'),
    createdAt: instant,
    nextAt: instant.nullable(),
  }),
)

const session = z.strictObject({ id: text, title: text, phase: phaseSchema, startsAt: instant, wentLiveAt: instant.nullable(), endedAt: instant.nullable(), version: z.int() })
const { shape } = publicQuestionSchema

/** A question as a webhook is told of it: its words only when everybody may read them. */
export const webhookQuestionSchema = z.strictObject({
  id: shape.id,
  number: shape.number,
  state: shape.state,
  text: text.nullable(),
  name: text.nullable(),
  votes: shape.votes,
  topicId: shape.topicId,
  guestId: shape.guestId,
  channel: shape.channel,
  asked: shape.asked,
  submittedAt: shape.submittedAt,
  publicAt: shape.publicAt,
  askedAt: shape.askedAt,
  answeredAt: shape.answeredAt,
  answer: shape.answer,
  follows: shape.follows,
  merged: shape.merged,
  mergedInto: z.int().nullable(),
  objections: shape.objections,
  reasonCode: text.nullable(),
  reason: text.nullable(),
  version: shape.version,
})

const poll = z.strictObject({
  id,
  number: z.int(),
  kind: pollKindSchema,
  title: text,
  options: z.array(z.strictObject({ id, text })),
  openedAt: instant.nullable(),
  closedAt: instant.nullable(),
  answers: z.int(),
  counts: z.record(text, z.int()).nullable(),
})

/** What a delivery carries beside `type` and `timestamp`. */
export const webhookDataSchemas = {
  session: z.strictObject({ session }),
  question: z.strictObject({ session, question: webhookQuestionSchema }),
  poll: z.strictObject({ session, poll }),
}
