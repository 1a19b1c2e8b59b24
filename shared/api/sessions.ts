import { z } from 'zod'
import type { Me, SignInLink } from '../accounts.ts'
import { platformRoleSchema, roleSchema } from '../accounts.ts'
import { identityMethodSchema, identityRuleSchema } from '../identity.ts'
import { phaseSchema, selectionRuleSchema, sessionKindSchema } from '../sessions.ts'
import type { Guest, SessionSummary, SessionView } from '../sessions.ts'
import { describes } from './describes.ts'
import { sealSchema } from './ledger.ts'
import { id, instant } from './questions.ts'

const text = z.string()
const noticed = { by: text, reason: text, at: instant }
const notice = z.strictObject(noticed).nullable()
const cutNotice = z.strictObject({ ...noticed, before: z.strictObject({ paused: z.boolean(), chatEnabled: z.boolean() }) }).nullable()
const guest = describes<Guest>()(z.strictObject({ id, name: text, post: text, department: text, pictureId: id.nullable(), departmentId: id.nullable(), spokesperson: z.boolean() }))
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
      identity: identityRuleSchema,
    }),
    phase: phaseSchema,
    version: z.int(),
    wentLiveAt: instant.nullable(),
    endedAt: instant.nullable(),
    createdAt: instant,
    intake: z.strictObject({ paused: z.boolean(), slowSeconds: z.int(), notice, chat: notice, cut: cutNotice }),
    seal: sealSchema.nullable(),
    announcement: z.strictObject({ text, at: instant, by: text }).nullable(),
    attendance: z.strictObject({ venue: text, seats: z.int(), applyUntil: instant.nullable() }),
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
    venue: text,
    askBefore: z.boolean(),
    questions: z.int(),
    answered: z.int(),
  }),
)

const grant = z.strictObject({ id, sessionId: text.nullable().describe('null: every session'), role: roleSchema, guestId: id.nullable(), name: text, accountId: id.nullable() })
const ownAccount = z.strictObject({ username: text, name: text, post: text, departmentId: id.nullable(), spokesperson: z.boolean(), role: platformRoleSchema, secondFactor: z.enum(['on', 'off', 'required']) })
export const meSchema = describes<Me>()(
  z.strictObject({
    personId: id,
    grants: z.array(grant),
    signedIn: z.enum(['staff', 'resident', 'link']).nullable(),
    account: ownAccount.nullable(),
    verified: z.array(z.strictObject({ method: identityMethodSchema, hint: text, at: instant })),
    consented: z.int().nullable(),
  }),
)
export const signInLinkSchema = describes<SignInLink>()(
  z.strictObject({
    id,
    role: roleSchema,
    guestId: id.nullable(),
    name: text,
    url: z.url(),
    expiresAt: instant.nullable(),
    expired: z.boolean(),
    revoked: z.boolean(),
    holder: z.strictObject({ device: text, at: instant }).nullable(),
    uses: z.array(z.strictObject({ at: instant, device: text, kind: z.enum(['opened', 'refused', 'moved']) })),
  }),
)
