import { z } from 'zod'
import type { Speaker } from './departments.ts'
import type { HeldReason } from './questions.ts'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema, sessionIdSchema, textSchema } from './schemas.ts'

export type ChatMessage = {
  id: string
  text: string
  /** null: anonymous. */
  name: string | null
  /** Stable pseudonym of the author within this session. */
  author: string
  /** Somebody of a department who speaks under their own name, signed in. */
  speaker: Speaker | null
  at: string
  /** To its author alone: it waits for a moderator, and nobody else sees it yet. */
  waiting?: true
}

/** What the desk sees of a message that waits for review. */
export type HeldChat = ChatMessage & { held: HeldReason }

export const sendChatSchema = z.strictObject({
  sessionId: sessionIdSchema,
  /** Made by the client; a retry with the same id does nothing twice. */
  id: idSchema,
  text: textSchema(1, LIMITS.chatLength),
  name: lineSchema(1, LIMITS.nameLength).nullable(),
})
export type SendChat = z.infer<typeof sendChatSchema>

export const deleteChatSchema = z.strictObject({ sessionId: sessionIdSchema, messageId: idSchema })
export type DeleteChat = z.infer<typeof deleteChatSchema>

export const chatSettingsSchema = z.strictObject({
  sessionId: sessionIdSchema,
  chatEnabled: z.boolean(),
  chatSlowSeconds: z.int().min(0).max(LIMITS.chatSlowSecondsMax),
  /** Told to everybody beside who set it. */
  reason: lineSchema(0, LIMITS.reasonLength),
})
export type ChatSettings = z.infer<typeof chatSettingsSchema>
