import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema, sessionIdSchema, versionSchema } from './schemas.ts'

export const pollKindSchema = z.enum(['single', 'multiple', 'rating', 'words'])
export type PollKind = z.infer<typeof pollKindSchema>
export type PollState = 'draft' | 'open' | 'closed'
export type PollOption = { id: string; text: string }

/** A poll as its audience sees it. Drafts reach the desk only. */
export type PollView = {
  id: string
  /** Counts from 1 within the session. */
  number: number
  kind: PollKind
  title: string
  /** `single` and `multiple` only. */
  options: PollOption[]
  /** `multiple`: how many one person may choose. */
  maxChoices: number
  /** `after`: the public sees results once it is closed. */
  showResults: 'live' | 'after'
  state: PollState
  openedAt: string | null
  closedAt: string | null
  version: number
  /** How many people answered. */
  answers: number
  /** By option id, `1` to `5`, or word (the 100 most given, hidden ones left out); null while the results are not to be seen. */
  counts: Record<string, number> | null
  /** `words`, for the desk: those that a moderator hid or that wait for review. */
  hidden: string[]
}

/** Makes a poll (`expectedVersion` null) or changes a draft. */
export const savePollSchema = z
  .strictObject({
    sessionId: sessionIdSchema,
    id: idSchema,
    expectedVersion: versionSchema.nullable(),
    kind: pollKindSchema,
    title: lineSchema(1, LIMITS.pollTitleLength),
    options: z.array(z.strictObject({ id: idSchema, text: lineSchema(1, LIMITS.pollOptionLength) })).max(LIMITS.pollOptions),
    maxChoices: z.int().min(1).max(LIMITS.pollOptions),
    showResults: z.enum(['live', 'after']),
  })
  .refine(({ options }) => new Set(options.map(({ id }) => id)).size === options.length, { path: ['options'], params: { code: 'duplicate_id' } })
  .refine(({ kind, options }) => (kind === 'single' || kind === 'multiple' ? options.length >= 2 : options.length === 0), { path: ['options'], params: { code: 'too_few' } })
export type SavePoll = z.infer<typeof savePollSchema>

const target = { sessionId: sessionIdSchema, pollId: idSchema, expectedVersion: versionSchema }
export const pollActSchema = z.discriminatedUnion('action', [
  z.strictObject({ ...target, action: z.literal('open') }),
  z.strictObject({ ...target, action: z.literal('close') }),
  /** A draft only: what was open stays in the archive. */
  z.strictObject({ ...target, action: z.literal('delete') }),
  /** Takes one word out of the results, or back in. */
  z.strictObject({ ...target, action: z.literal('hide_word'), word: lineSchema(1, LIMITS.pollWordLength), hidden: z.boolean() }),
])
export type PollAct = z.infer<typeof pollActSchema>

/** One person's answer: option ids, one of `1` to `5`, or words. Replaces the one before; an empty one takes it back. */
export const answerPollSchema = z.strictObject({ sessionId: sessionIdSchema, pollId: idSchema, choices: z.array(lineSchema(1, LIMITS.pollOptionLength)).max(LIMITS.pollOptions) })
export type AnswerPoll = z.infer<typeof answerPollSchema>
