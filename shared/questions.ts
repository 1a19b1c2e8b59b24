import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema, sessionIdSchema, textSchema, versionSchema } from './schemas.ts'

export const questionStateSchema = z.enum(['pending', 'approved', 'asking', 'answered', 'declined', 'merged', 'withdrawn'])
export type QuestionState = z.infer<typeof questionStateSchema>

/** What the public sees. Only questions in a public state (see rules/questionLifecycle.ts) exist in this shape. */
export type PublicQuestion = {
  id: string
  /** Counts from 1 within the session, in order of arrival, whatever became of it. */
  number: number
  text: string
  /** null: anonymous. */
  name: string | null
  state: QuestionState
  votes: number
  submittedAt: string
  /** When it was last put on air, and when it was marked answered: seconds into the session follow from `wentLiveAt`. */
  askedAt: string | null
  answeredAt: string | null
  /** True when a moderator corrected the wording. */
  edited: boolean
  version: number
}

/** What the desk sees besides. */
export type DeskQuestion = PublicQuestion & {
  /** As the asker wrote it. Equal to `text` unless edited. */
  originalText: string
  reason: string | null
  /** Stable pseudonym of the asker within this session: tells one person's questions apart, and nothing else. */
  asker: string
}

/** What the asker sees of their own question. */
export type OwnQuestion = PublicQuestion & { originalText: string; reason: string | null; receipt: string }

/** GET /api/questions/:receipt: the fate of one question, with each step from the ledger. */
export type QuestionFate = {
  sessionId: string
  sessionTitle: string
  wentLiveAt: string | null
  question: Omit<OwnQuestion, 'receipt'>
  steps: FateStep[]
}
export type FateStep = { at: string; action: QuestionAction | 'submit'; from: QuestionState | null; to: QuestionState; reason: string | null }

export const submitQuestionSchema = z.strictObject({
  sessionId: sessionIdSchema,
  /** Made by the client; a retry with the same id does nothing twice. */
  id: idSchema,
  text: textSchema(1, LIMITS.questionLength),
  name: lineSchema(1, LIMITS.nameLength).nullable(),
})
export type SubmitQuestion = z.infer<typeof submitQuestionSchema>

const target = { sessionId: sessionIdSchema, questionId: idSchema, expectedVersion: versionSchema }

/** One step in a question's life. `expectedVersion` is the version the person saw: anything else is refused as `stale`. */
export const questionActSchema = z.discriminatedUnion('action', [
  z.strictObject({ ...target, action: z.literal('approve') }),
  z.strictObject({ ...target, action: z.literal('decline'), reason: textSchema(1, LIMITS.reasonLength) }),
  z.strictObject({ ...target, action: z.literal('edit'), text: textSchema(1, LIMITS.questionLength) }),
  z.strictObject({
    ...target,
    action: z.literal('air'),
    /** The question the host saw on air, which this one replaces and which becomes answered; null when none was. Another one there means `stale`. */
    replacing: idSchema.nullable(),
  }),
  z.strictObject({ ...target, action: z.literal('answer') }),
  z.strictObject({ ...target, action: z.literal('take_back') }),
  z.strictObject({ ...target, action: z.literal('withdraw') }),
])
export type QuestionAct = z.infer<typeof questionActSchema>
export type QuestionAction = QuestionAct['action']

export const voteSchema = z.strictObject({ sessionId: sessionIdSchema, questionId: idSchema, up: z.boolean() })
export type Vote = z.infer<typeof voteSchema>

export const receiptParamsSchema = z.strictObject({ receipt: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/) })
