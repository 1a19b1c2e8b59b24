import { z } from 'zod'
import type { Outcome, Outcomes, QuestionsExport } from '../outcomes.ts'
import { channelSchema, questionStateSchema } from '../questions.ts'
import { DECLINE_CODES } from '../rules/declining.ts'
import type { DeclineCode } from '../rules/declining.ts'
import type { RuleVerdict } from '../rules/selection.ts'
import { phaseSchema, selectionRuleSchema } from '../sessions.ts'
import { describes } from './describes.ts'
import { sealSchema } from './ledger.ts'
import { askedSchema, declineCodeSchema, deskQuestionSchema, forumRefSchema, id, instant, setAsideSchema, writtenAnswerSchema } from './questions.ts'
import { sessionViewSchema, topic } from './sessions.ts'
import { spotRecordSchema } from './spot.ts'

const text = z.string()
const count = z.int()
const kept = z.boolean().nullable().describe('null: not decided yet')

export const ruleVerdictSchema = describes<RuleVerdict>()(
  z.strictObject({
    rule: selectionRuleSchema,
    top: z.strictObject({ kept, items: z.array(z.strictObject({ number: count, votes: count, fate: z.enum(['answered', 'declined', 'open']) })) }).nullable(),
    topics: z.strictObject({ kept, items: z.array(z.strictObject({ topicId: text, answered: count, needed: count })) }).nullable(),
  }),
)

export const outcomeSchema = describes<Outcome>()(
  z.strictObject({
    number: count,
    text: text.nullable().describe('null: not to be shown; `hidden` says why'),
    name: text.nullable(),
    hidden: z.enum(['not_reviewed', 'withdrawn', 'privacy', 'unlawful', 'defamation']).nullable(),
    state: questionStateSchema,
    votes: count,
    submittedAt: instant,
    publicAt: instant.nullable(),
    askedAt: instant.nullable(),
    answeredAt: instant.nullable(),
    answer: writtenAnswerSchema.nullable(),
    topicId: id.nullable(),
    guestId: id.nullable(),
    channel: channelSchema,
    forum: forumRefSchema.nullable(),
    asked: askedSchema,
    follows: count.nullable(),
    merged: count,
    objections: count,
    setAside: setAsideSchema.nullable(),
    edited: z.boolean(),
    reasonCode: declineCodeSchema.nullable(),
    reason: text.nullable(),
    mergedInto: count.nullable(),
    spots: z.array(spotRecordSchema),
  }),
)

const ofEach = <K extends string>(keys: readonly K[]) => z.strictObject(Object.fromEntries(keys.map((key) => [key, count])) as Record<K, typeof count>)

export const outcomesSchema = describes<Outcomes>()(
  z.strictObject({
    sessionId: text,
    title: text,
    phase: phaseSchema,
    wentLiveAt: instant.nullable(),
    topics: z.array(topic),
    guests: z.array(z.strictObject({ id, name: text, post: text })),
    total: count,
    states: ofEach(questionStateSchema.options),
    declined: ofEach<DeclineCode>(DECLINE_CODES).partial(),
    answered: z.strictObject({ camera: count, writing: count }),
    channels: ofEach(channelSchema.options),
    spots: z.strictObject({ answers: count, promises: count, tasks: count, others: z.array(spotRecordSchema).describe('About no question') }).describe('Recorded on the spot, those that stand'),
    ledger: z.strictObject({ entries: count, head: text, seal: sealSchema.nullable() }),
    rule: ruleVerdictSchema.nullable(),
    questions: z.array(outcomeSchema),
    next: count.nullable().describe('Number to go on `after`; null at the end'),
  }),
)

export const questionsExportSchema = describes<QuestionsExport>()(z.strictObject({ exportedAt: instant, session: sessionViewSchema, questions: z.array(deskQuestionSchema), spots: z.array(spotRecordSchema) }))
