import { z } from 'zod'
import { forumCodeSchema } from './forums.ts'
import type { ForumRef } from './forums.ts'
import { LIMITS } from './limits.ts'
import { DECLINE_CODES } from './rules/declining.ts'
import type { DeclineCode } from './rules/declining.ts'
import { idSchema, lineSchema, sessionIdSchema, textSchema, versionSchema } from './schemas.ts'
import type { SpotRecord } from './spot.ts'

export const questionStateSchema = z.enum(['pending', 'approved', 'asking', 'answered', 'declined', 'merged', 'withdrawn'])
export type QuestionState = z.infer<typeof questionStateSchema>

/** How a question came in: typed by the asker, or entered by staff on somebody's behalf. */
export const channelSchema = z.enum(['web', 'phone', 'paper', 'hall'])
export type Channel = z.infer<typeof channelSchema>

/** When it came in: before the session was on air, while it was, or afterwards. */
export type Asked = 'before' | 'during' | 'after'

/** Why the machine put it up for review. It never declines. */
export type HeldReason = 'sensitive_word' | 'muted' | 'banned'

/** An answer in writing. `guestId` null: given by the host's office. */
export type WrittenAnswer = { text: string; guestId: string | null; name: string; post: string; at: string }

/** Another question, as a pointer: the one it was merged into. */
export type QuestionRef = { id: string; number: number }

/** What the public sees. Only questions in a public state (see rules/questionLifecycle.ts) exist in this shape. */
export type PublicQuestion = {
  id: string
  /** Counts from 1 within the session, in order of arrival, whatever became of it. */
  number: number
  /** Phone and identity numbers are masked (rules/masking.ts). */
  text: string
  /** null: anonymous. */
  name: string | null
  state: QuestionState
  votes: number
  submittedAt: string
  /** Since when it has been open to votes without interruption; null while it is not public. */
  publicAt: string | null
  /** When it was last put on air, and when it was marked answered: seconds into the session follow from `wentLiveAt`. `askedAt` null and answered: in writing only. */
  askedAt: string | null
  answeredAt: string | null
  /** Seconds that the host gave the answer, counted from `askedAt`; null: no limit. */
  timeLimit: number | null
  /** The answer in writing; on camera and in writing may both be. */
  answer: WrittenAnswer | null
  topicId: string | null
  /** Guest of the session who is to answer. */
  guestId: string | null
  pictureId: string | null
  channel: Channel
  /** The forum in whose pages it was asked. */
  forum: ForumRef | null
  asked: Asked
  /** Number of the same asker's answered question that this one follows up. */
  follows: number | null
  /** How many questions were merged into this one. */
  merged: number
  /** How many of those whose question it is said that the answer did not answer it. */
  objections: number
  /** Votes that were set aside as stuffed, with the host's public note. */
  setAside: { votes: number; note: string } | null
  /** True when a moderator corrected the wording. */
  edited: boolean
  version: number
}

/** Between moderators only. */
export type QuestionNote = { id: string; text: string; by: string; at: string }

/** What the desk sees besides. */
export type DeskQuestion = PublicQuestion & {
  /** As the asker wrote it, nothing masked. */
  originalText: string
  reasonCode: DeclineCode | null
  reason: string | null
  /** Stable pseudonym of the asker within this session: tells one person's questions apart, and nothing else. */
  asker: string
  held: HeldReason[]
  notes: QuestionNote[]
  mergedInto: QuestionRef | null
  /** Name of the colleague who entered it on somebody's behalf. */
  enteredBy: string | null
}

/** What the asker sees of their own question. */
export type OwnQuestion = PublicQuestion & {
  originalText: string
  reasonCode: DeclineCode | null
  reason: string | null
  mergedInto: QuestionRef | null
  receipt: string
}

/** GET /api/questions/:receipt: the fate of one question, with each step from the ledger. */
export type QuestionFate = {
  sessionId: string
  sessionTitle: string
  wentLiveAt: string | null
  question: Omit<OwnQuestion, 'receipt'>
  steps: FateStep[]
  /** When it was merged: the question that now stands for it (null when that one is not public), and what became of that one. */
  root: { question: PublicQuestion | null; number: number; state: QuestionState; reasonCode: DeclineCode | null; reason: string | null; steps: FateStep[] } | null
  /** Name of the topic, when it has one. */
  topic: string | null
  /** What was recorded on the spot about it, and about the question that stands for it; in order of number, taken back or not. */
  spots: SpotRecord[]
}
export type FateStep = { at: string; action: QuestionAction | 'submit' | 'object' | 'set_aside' | 'restore_votes'; from: QuestionState | null; to: QuestionState; role: string; reason: string | null; code: DeclineCode | null; into: number | null }

const words = {
  text: textSchema(1, LIMITS.questionLength),
  topicId: idSchema.nullable(),
  /** A picture of this person's own, uploaded before (POST /api/pictures?session=ID). */
  pictureId: idSchema.nullable(),
}

export const submitQuestionSchema = z.strictObject({
  sessionId: sessionIdSchema,
  /** Made by the client; a retry with the same id does nothing twice. */
  id: idSchema,
  ...words,
  name: lineSchema(1, LIMITS.nameLength).nullable(),
  /** Id of the asker's own question, on air or answered, that this one follows up. */
  follows: idSchema.nullable(),
  /** Code of the forum in whose pages it is asked; one that is not known counts as none. */
  forum: forumCodeSchema.nullable().default(null),
})
export type SubmitQuestion = z.input<typeof submitQuestionSchema>

/** A reason is a code; `other` needs words. */
const declineReason = { code: z.enum(DECLINE_CODES), reason: textSchema(0, LIMITS.reasonLength) }
const wordsForOther = ({ code, reason }: { code: DeclineCode; reason: string }) => code !== 'other' || reason !== ''
const MISSING_WORDS = { path: ['reason'], params: { code: 'too_short', min: 1 } }

const target = { sessionId: sessionIdSchema, questionId: idSchema, expectedVersion: versionSchema }
const seconds = z.int().min(0).max(LIMITS.answerSecondsMax)

/** One step in a question's life. `expectedVersion` is the version the person saw: anything else is refused as `stale`. */
export const questionActSchema = z.discriminatedUnion('action', [
  z.strictObject({ ...target, action: z.literal('approve') }),
  z.strictObject({ ...target, action: z.literal('decline'), ...declineReason }).refine(wordsForOther, MISSING_WORDS),
  /** A moderator corrects the wording. */
  z.strictObject({ ...target, action: z.literal('edit'), text: textSchema(1, LIMITS.questionLength) }),
  /** The asker changes it, until it is reviewed. */
  z.strictObject({ ...target, action: z.literal('revise'), ...words }),
  z.strictObject({
    ...target,
    action: z.literal('air'),
    /** The question the host saw on air, which this one replaces and which becomes answered; null when none was. Another one there means `stale`. */
    replacing: idSchema.nullable(),
    /** Seconds for the answer; 0: no limit. */
    seconds,
  }),
  /** Sets the answer's time anew, counted from `askedAt`; 0: no limit. */
  z.strictObject({ ...target, action: z.literal('time'), seconds }),
  /** Answered on camera: takes it off air. */
  z.strictObject({ ...target, action: z.literal('answer') }),
  /** Answers in writing, or corrects that answer. A guest may only answer as themselves; the host as the office (null) or on a guest's behalf. */
  z.strictObject({ ...target, action: z.literal('reply'), text: textSchema(1, LIMITS.answerLength), guestId: idSchema.nullable() }),
  z.strictObject({ ...target, action: z.literal('merge'), intoId: idSchema }),
  /** Takes a merge back. */
  z.strictObject({ ...target, action: z.literal('split') }),
  z.strictObject({ ...target, action: z.literal('label'), topicId: idSchema.nullable() }),
  z.strictObject({ ...target, action: z.literal('assign'), guestId: idSchema.nullable() }),
  z.strictObject({ ...target, action: z.literal('take_back') }),
  z.strictObject({ ...target, action: z.literal('withdraw') }),
])
export type QuestionAct = z.infer<typeof questionActSchema>
export type QuestionAction = QuestionAct['action']

/** The same step for many questions at once, each at the version the person saw. One commit; what cannot be done is told apart. */
export const questionBulkSchema = z.strictObject({
  sessionId: sessionIdSchema,
  targets: z.array(z.strictObject({ questionId: idSchema, expectedVersion: versionSchema })).min(1).max(LIMITS.bulkQuestions),
  act: z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('approve') }),
    z.strictObject({ action: z.literal('decline'), ...declineReason }).refine(wordsForOther, MISSING_WORDS),
    z.strictObject({ action: z.literal('merge'), intoId: idSchema }),
    z.strictObject({ action: z.literal('split') }),
    z.strictObject({ action: z.literal('label'), topicId: idSchema.nullable() }),
    z.strictObject({ action: z.literal('assign'), guestId: idSchema.nullable() }),
    z.strictObject({ action: z.literal('take_back') }),
  ]),
})
export type QuestionBulk = z.infer<typeof questionBulkSchema>
export type BulkOutcome = { done: { id: string; version: number }[]; refused: { id: string; code: 'stale' | 'wrong_state' | 'not_found' }[] }

export const voteSchema = z.strictObject({ sessionId: sessionIdSchema, questionId: idSchema, up: z.boolean() })
export type Vote = z.infer<typeof voteSchema>

/** Questions like `text`: among the public ones while somebody types, among all of the desk's for a moderator who merges. */
export const similarSchema = z.strictObject({
  sessionId: sessionIdSchema,
  text: textSchema(1, LIMITS.questionLength),
  scope: z.enum(['public', 'desk']),
  exclude: idSchema.nullable(),
})
export type Similar = z.infer<typeof similarSchema>
/** Best first, at most five. `score` from 0 (nothing in common) to 1 (the same). */
export type SimilarQuestion = { id: string; number: number; text: string; votes: number; state: QuestionState; score: number }

/** "This didn't answer mine": by the asker, those merged into it, and its voters. `reason` null takes it back. */
export const objectionSchema = z.strictObject({ sessionId: sessionIdSchema, questionId: idSchema, reason: textSchema(1, LIMITS.reasonLength).nullable() })
export type Objection = z.infer<typeof objectionSchema>

export const receiptParamsSchema = z.strictObject({ receipt: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/) })
