import { z } from 'zod'
import { platformRoleSchema } from './accounts.ts'
import type { PlatformRole } from './accounts.ts'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema } from './schemas.ts'

/** Chosen once; lower case, Latin letters, digits, dot, hyphen, underscore. */
export const usernameSchema = z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{2,29}$/)
/** As typed: nothing is trimmed. Whether it can be guessed is judged by rules/passwords.ts. */
const passwordSchema = z.string().min(1).max(200)
const nameSchema = lineSchema(1, LIMITS.nameLength)
const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/)

/** POST /api/sign-in */
export const signInSchema = z.strictObject({ username: z.string().trim().toLowerCase().min(1).max(100), password: passwordSchema })
/** `code`: POST /api/sign-in/code has to follow with this ticket, within five minutes. */
export type SignInStep = { state: 'done' } | { state: 'code'; ticket: string }
/** A six-digit code of the authenticator, or a recovery code. */
const secondFactorSchema = z.string().trim().min(6).max(20)
export const signInCodeSchema = z.strictObject({ ticket: z.string().min(20).max(1_000), code: secondFactorSchema })

/** A browser that is signed in. */
export type SignIn = { id: string; device: string; address: string; createdAt: string; seenAt: string; current: boolean }
/** GET /api/account */
export type AccountView = { username: string; name: string; post: string; department: string; role: PlatformRole; secondFactor: 'on' | 'off' | 'required'; recoveryCodesLeft: number; signIns: SignIn[] }

/** PUT /api/account/password: all other browsers are signed out. */
export const changePasswordSchema = z.strictObject({ current: passwordSchema, next: passwordSchema })
/** POST /api/account/second-factor: begins; PUT confirms by a first code; DELETE (POST …/remove) ends. */
export const beginSecondFactorSchema = z.strictObject({ password: passwordSchema })
/** `uri`: otpauth://…, for a QR code; `secret` in Base32, for typing. */
export type SecondFactorOffer = { uri: string; secret: string }
export const confirmSecondFactorSchema = z.strictObject({ code: secondFactorSchema })
export const removeSecondFactorSchema = z.strictObject({ password: passwordSchema, code: secondFactorSchema })
/** Shown once. */
export type RecoveryCodes = { codes: string[] }
export const signInParamsSchema = z.strictObject({ id: idSchema })

/** `invite`: a new account; `reset`: a new password for one that exists; `setup`: the first administrator, from the terminal. */
export const invitationPurposeSchema = z.enum(['invite', 'reset', 'setup'])
export type InvitationPurpose = z.infer<typeof invitationPurposeSchema>
/** POST /api/invitations/look: whom a link is for. @see InvitationSeen */
export const lookInvitationSchema = z.strictObject({ token: tokenSchema })
export type InvitationSeen = { purpose: InvitationPurpose; name: string; username: string | null; role: PlatformRole; department: string; expiresAt: string }
/** POST /api/invitations/accept, and POST /api/setup. `username` and `name` count only where there is no account yet. */
export const acceptInvitationSchema = z.strictObject({ token: tokenSchema, username: usernameSchema, name: nameSchema, password: passwordSchema })
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>
/** POST /api/setup: the first administrator and the site's name. */
export const setupSchema = acceptInvitationSchema.extend({ siteName: lineSchema(1, LIMITS.titleLength) })
export type Setup = z.infer<typeof setupSchema>
/** GET /api/setup */
export type SetupState = { open: boolean }

/** An account as administrators see it. */
export type StaffMember = {
  id: string
  username: string
  name: string
  post: string
  departmentId: string | null
  spokesperson: boolean
  role: PlatformRole
  secondFactor: boolean
  disabled: boolean
  /** Locked after too many wrong guesses until then, UTC. */
  lockedUntil: string | null
  createdAt: string
  signedInAt: string | null
  signIns: number
  version: number
}
/** POST /api/admin/invitations. `id` is made by the client; the answer has the link, which is never shown again. */
export const inviteSchema = z.strictObject({ id: idSchema, name: nameSchema, role: platformRoleSchema, departmentId: idSchema.nullable() })
export type Invite = z.infer<typeof inviteSchema>
export type Invitation = { id: string; purpose: InvitationPurpose; name: string; role: PlatformRole; departmentId: string | null; createdAt: string; expiresAt: string; by: string }
export type InvitationMade = { invitation: Invitation; url: string }
/** PUT /api/admin/people/:id */
export const editStaffSchema = z.strictObject({
  expectedVersion: z.int().min(0),
  name: nameSchema,
  post: lineSchema(0, LIMITS.postLength),
  departmentId: idSchema.nullable(),
  spokesperson: z.boolean(),
  role: platformRoleSchema,
  disabled: z.boolean(),
})
export type EditStaff = z.infer<typeof editStaffSchema>
/** POST /api/admin/people/:id/act. `reset` answers with a link, once; @see StaffActed */
export const actOnStaffSchema = z.strictObject({ action: z.enum(['reset', 'unlock', 'sign_out', 'remove_second_factor']) })
export type StaffAct = z.infer<typeof actOnStaffSchema>['action']
/** `url`: of a reset, where a new password is chosen; shown once. */
export type StaffActed = { member: StaffMember; url: string | null }
export const staffParamsSchema = z.strictObject({ id: idSchema })
