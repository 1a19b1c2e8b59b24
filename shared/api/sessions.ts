import { z } from 'zod'
import type { Me, SignInLink } from '../accounts.ts'
import { roleSchema } from '../accounts.ts'
import { phaseSchema, selectionRuleSchema, sessionKindSchema } from '../sessions.ts'
import type { Guest, SessionSummary, SessionView } from '../sessions.ts'
import { describes } from './describes.ts'
import { sealSchema } from './ledger.ts'
import { id, instant } from './questions.ts'

const text = z.string()
const notice = z.strictObject({ by: text, reason: text, at: instant }).nullable()
const guest = describes<Guest>()(z.strictObject({ id, name: text, post: text, department: text, pictureId: id.nullable() }))
export const topic = z.strictObject({ id, name: text })

export const sessionViewSchema = describes<SessionView>()(
  z.strictObject({
    id: text,
    kind: sessionKindSchema,
    title: text,
    topic: text,
    introduction: text,
    startsAt: instant,
    plannedMinutes: z.int(),
    guests: z.array(guest),
    settings: z.strictObject({
      reviewFirst: z.boolean(),
      askBefore: z.boolean(),
      chatEnabled: z.boolean(),
      chatSlowSeconds: z.int(),
      topics: z.array(topic),
      rule: selectionRuleSchema.nullable(),
      lateMinutes: z.int(),
      answerSeconds: z.int(),
    }),
    phase: phaseSchema,
    version: z.int(),
    wentLiveAt: instant.nullable(),
    endedAt: instant.nullable(),
    createdAt: instant,
    intake: z.strictObject({ paused: z.boolean(), slowSeconds: z.int(), notice, chat: notice }),
    seal: sealSchema.nullable(),
  }),
)

export const sessionSummarySchema = describes<SessionSummary>()(
  z.strictObject({
    id: text,
    kind: sessionKindSchema,
    title: text,
    topic: text,
    startsAt: instant,
    plannedMinutes: z.int(),
    phase: phaseSchema,
    guests: z.array(guest),
    endedAt: instant.nullable(),
    askBefore: z.boolean(),
    questions: z.int(),
    answered: z.int(),
  }),
)

const grant = z.strictObject({ id, sessionId: text.nullable().describe('null: every session'), role: roleSchema, guestId: id.nullable(), name: text })
export const meSchema = describes<Me>()(z.strictObject({ personId: id, grants: z.array(grant) }))
export const signInLinkSchema = describes<SignInLink>()(z.strictObject({ role: roleSchema, guestId: id.nullable(), name: text, url: z.url() }))
