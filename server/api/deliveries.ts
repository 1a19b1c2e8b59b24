import { z } from 'zod'
import { describes } from '../../shared/api/describes.ts'
import { id, instant, publicQuestionSchema } from '../../shared/api/questions.ts'
import { pollKindSchema } from '../../shared/polls.ts'
import { spotShape } from '../../shared/api/spot.ts'
import { phaseSchema } from '../../shared/sessions.ts'
import type { WebhookQuestion, webhookPoll, webhookSession, webhookSpot } from '../webhooks/rules.ts'

const text = z.string()

const session = describes<ReturnType<typeof webhookSession>>()(
  z.strictObject({ id: text, title: text, phase: phaseSchema, startsAt: instant, wentLiveAt: instant.nullable(), endedAt: instant.nullable(), version: z.int() }),
)
const { shape } = publicQuestionSchema

/** A question as a webhook is told of it: its words only when everybody may read them. */
export const webhookQuestionSchema = describes<WebhookQuestion>()(
  z.strictObject({
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
  }),
)

const poll = describes<ReturnType<typeof webhookPoll>>()(
  z.strictObject({
    id,
    number: z.int(),
    kind: pollKindSchema,
    title: text,
    options: z.array(z.strictObject({ id, text })),
    openedAt: instant.nullable(),
    closedAt: instant.nullable(),
    answers: z.int(),
    counts: z.record(text, z.int()).nullable(),
  }),
)

const { questionId: _question, handId: _hand, by: _by, ...spotTold } = spotShape
const spot = describes<ReturnType<typeof webhookSpot>>()(z.strictObject({ ...spotTold, question: z.int().nullable().describe('Number of the question that it is about') }))

/** What a delivery carries beside `type` and `timestamp`. */
export const webhookDataSchemas = {
  session: z.strictObject({ session }),
  question: z.strictObject({ session, question: webhookQuestionSchema }),
  poll: z.strictObject({ session, poll }),
  spot: z.strictObject({ session, spot }),
}
