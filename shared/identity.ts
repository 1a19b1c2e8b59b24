import { z } from 'zod'
import { idSchema, lineSchema, sessionIdSchema } from './schemas.ts'
import { LIMITS } from './limits.ts'
import { phoneOf } from './rules/identity.ts'

/** How a resident can make themselves known: a phone (one-time code), or a sign-in with an OpenID Connect provider. */
export const identityMethodSchema = z.enum(['phone', 'oidc'])
export type IdentityMethod = z.infer<typeof identityMethodSchema>

/** What a session asks of whoever asks, votes, chats or answers polls. `either`: any of the methods. */
export const identityRuleSchema = z.enum(['anonymous', 'phone', 'oidc', 'either'])
export type IdentityRule = z.infer<typeof identityRuleSchema>

/** See {@link phoneOf}. */
const phoneSchema = z
  .string()
  .max(30)
  .refine((typed) => phoneOf(typed) !== null, { params: { code: 'phone' } })
  .transform((typed) => phoneOf(typed) ?? '')
/** POST /api/me/phone: sends a code. */
export const sendCodeSchema = z.strictObject({ phone: phoneSchema, locale: z.enum(['zh-CN', 'en']) })
/** `retryAfterMs`: when another code may be asked for. */
export type CodeSent = { retryAfterMs: number; validMs: number }
/** POST /api/me/phone/confirm */
export const confirmCodeSchema = z.strictObject({ phone: phoneSchema, code: z.string().regex(/^\d{6}$/) })

/** GET /api/me/oidc/:provider?back=/s/abc : leads to the provider, and back to `back`, a path of this site. */
export const oidcParamsSchema = z.strictObject({ provider: z.string().regex(/^[a-z0-9-]{1,30}$/) })
export const oidcStartSchema = z.strictObject({ back: z.string().regex(/^\/(?![/\\])[\x21-\x7E]*$/).max(300).default('/') })

/** PUT /api/me/consent */
export const consentSchema = z.strictObject({ version: z.int().min(1), locale: z.enum(['zh-CN', 'en']) })

/** POST /api/me/erase: everything that points to this person is deleted or taken away at once. What was answered in public stays, without a name. */
export const eraseSchema = z.strictObject({ confirm: z.literal(true) })
export type Erased = { withdrawn: number; unnamed: number; chat: number }

/** POST /api/admin/look-ups: who stands behind something that was said. Logged with the reason; nobody else can see it. */
export const lookUpSchema = z.strictObject({ sessionId: sessionIdSchema, subject: z.enum(['question', 'chat', 'hand']), id: idSchema, reason: lineSchema(5, LIMITS.reasonLength) })
export type LookUp = z.infer<typeof lookUpSchema>
/** `network`: address and browser at the time, kept as long as the log. */
export type LookedUp = {
  verified: { method: IdentityMethod; provider: string; identity: string; at: string }[]
  network: { address: string; device: string; at: string } | null
  text: string
}

/** GET /api/me/data: all that is kept of one person, as a file. Shapes of `kept` follow the tables. */
export type PersonalData = { format: 'fangtan-personal-data'; version: 1; exportedAt: string; personId: string; kept: Record<string, unknown> }
