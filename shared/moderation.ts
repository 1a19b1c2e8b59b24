import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { channelSchema } from './questions.ts'
import { idSchema, lineSchema, sessionIdSchema, textSchema, versionSchema } from './schemas.ts'

/** A question from phone, paper or the hall, entered by staff on somebody's behalf. Counted like any other; the answer holds the receipt to be handed on. */
export const intakeQuestionSchema = z.strictObject({
  sessionId: sessionIdSchema,
  id: idSchema,
  text: textSchema(1, LIMITS.questionLength),
  name: lineSchema(1, LIMITS.nameLength).nullable(),
  topicId: idSchema.nullable(),
  channel: channelSchema.exclude(['web']),
})
export type IntakeQuestion = z.infer<typeof intakeQuestionSchema>

/** A private note between moderators. `id` is made by the client. */
export const noteQuestionSchema = z.strictObject({ sessionId: sessionIdSchema, questionId: idSchema, id: idSchema, text: textSchema(1, LIMITS.noteLength) })
export type NoteQuestion = z.infer<typeof noteQuestionSchema>

export const questionDetailsSchema = z.strictObject({ sessionId: sessionIdSchema, questionId: idSchema })
/** What the desk asks for when a moderator looks closer. */
export type QuestionDetails = { receipt: string; objections: { reason: string; at: string }[]; merged: { id: string; number: number; text: string; name: string | null }[] }

/** Whether questions are taken, and how fast from one person. Everybody sees who set it and why. */
export const setIntakeSchema = z.strictObject({
  sessionId: sessionIdSchema,
  paused: z.boolean(),
  /** Seconds a person waits between two questions; 0 is off. */
  slowSeconds: z.int().min(0).max(LIMITS.questionSlowSecondsMax),
  reason: lineSchema(0, LIMITS.reasonLength),
})
export type SetIntake = z.infer<typeof setIntakeSchema>

/**
 * Muting: what this person sends from now on waits for review. A ban does the same, and what they have in public that is not on air yet goes back to review.
 * null lifts it. `author` is the pseudonym on their questions and chat messages.
 */
export const sanctionSchema = z.strictObject({
  sessionId: sessionIdSchema,
  author: z.string().regex(/^[\w-]{12}$/),
  kind: z.enum(['mute', 'ban']).nullable(),
  reason: lineSchema(0, LIMITS.reasonLength),
})
export type SetSanction = z.infer<typeof sanctionSchema>
/** One standing sanction, as the desk sees it. */
export type Sanction = { author: string; kind: 'mute' | 'ban'; reason: string; by: string; at: string }

const wordSchema = lineSchema(1, LIMITS.wordLength)
export const getWordsSchema = z.strictObject({ sessionId: sessionIdSchema })
/** Replaces one list of sensitive words: this session's, or the installation's (needs a platform grant). */
export const setWordsSchema = z.strictObject({ sessionId: sessionIdSchema, scope: z.enum(['session', 'platform']), words: z.array(wordSchema).max(LIMITS.words) })
export type SetWords = z.infer<typeof setWordsSchema>
/** `mayEditPlatform`: whether the person who asked may replace the installation's list. */
export type WordLists = { session: string[]; platform: string[]; mayEditPlatform: boolean }

/** GET and PUT /api/admin/words: the installation's list. `version` guards against overwriting a colleague. */
export type PlatformWords = { words: string[]; version: number }
export const setPlatformWordsSchema = z.strictObject({ expectedVersion: versionSchema, words: z.array(wordSchema).max(LIMITS.words) })
export type SetPlatformWords = z.infer<typeof setPlatformWordsSchema>

/** Many identities that voted for one question from one address or one device in a short time. The votes count until a host sets them aside. */
export type VoteFlag = {
  id: string
  questionId: string
  number: number
  kind: 'address' | 'device'
  votes: number
  firstAt: string
  lastAt: string
  state: 'open' | 'set_aside' | 'dismissed'
  /** The public note, when set aside. */
  note: string
  by: string | null
}
/** `set_aside` takes the flagged votes out of the count, with a public note; `open` puts them back; `dismissed` keeps them and closes the flag. */
export const judgeFlagSchema = z
  .strictObject({ sessionId: sessionIdSchema, flagId: idSchema, verdict: z.enum(['set_aside', 'dismissed', 'open']), note: lineSchema(0, LIMITS.reasonLength) })
  .refine(({ verdict, note }) => verdict !== 'set_aside' || note !== '', { path: ['note'], params: { code: 'too_short', min: 1 } })
export type JudgeFlag = z.infer<typeof judgeFlagSchema>

export const releaseChatSchema = z.strictObject({ sessionId: sessionIdSchema, messageId: idSchema })
