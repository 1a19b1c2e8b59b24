import { z } from 'zod'
import { identityMethodSchema } from '../identity.ts'
import type { CodeSent, Erased, LookedUp, PersonalData } from '../identity.ts'
import { describes } from './describes.ts'
import { id, instant } from './questions.ts'

const text = z.string()

export const codeSentSchema = describes<CodeSent>()(
  z.strictObject({ retryAfterMs: z.int().describe('Milliseconds until another code may be asked for'), validMs: z.int().describe('Milliseconds for which the code serves') }),
)
export const erasedSchema = describes<Erased>()(
  z.strictObject({
    withdrawn: z.int().describe('Questions that were not answered yet'),
    unnamed: z.int().describe('Answered questions whose public text stays, without whose it was'),
    chat: z.int().describe('Chat messages that were deleted'),
  }),
)
export const personalDataSchema = describes<PersonalData>()(
  z.strictObject({
    format: z.literal('fangtan-personal-data'),
    version: z.literal(1),
    exportedAt: instant,
    personId: id,
    kept: z.record(text, z.unknown()).describe('By table: questions, votes, pollAnswers, objections, chat, pictures, verifications, consents, push, signIns, activity, grants'),
  }),
)
export const lookedUpSchema = describes<LookedUp>()(
  z.strictObject({
    verified: z.array(z.strictObject({ method: identityMethodSchema, provider: text, identity: text, at: instant })),
    network: z.strictObject({ address: text, device: text, at: instant }).nullable().describe('null: it is older than the log’s period'),
    text,
  }),
)
