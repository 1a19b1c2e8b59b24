import { z } from 'zod'
import { platformRoleSchema } from '../accounts.ts'
import { invitationPurposeSchema } from '../staff.ts'
import type { AccountView, Invitation, InvitationMade, InvitationSeen, RecoveryCodes, SecondFactorOffer, SetupState, SignInStep, StaffActed, StaffMember } from '../staff.ts'
import { describes } from './describes.ts'
import { id, instant } from './questions.ts'

const text = z.string()
const secondFactor = z.enum(['on', 'off', 'required']).describe('`required`: the role counts only once one is set up')

export const signInStepSchema = describes<SignInStep>()(z.discriminatedUnion('state', [z.strictObject({ state: z.literal('done') }), z.strictObject({ state: z.literal('code'), ticket: text })]))

const signIn = z.strictObject({ id, device: text, address: text, createdAt: instant, seenAt: instant, current: z.boolean().describe('The browser that asks') })
export const accountViewSchema = describes<AccountView>()(
  z.strictObject({ username: text, name: text, post: text, department: text, role: platformRoleSchema, secondFactor, recoveryCodesLeft: z.int(), signIns: z.array(signIn) }),
)
export const secondFactorOfferSchema = describes<SecondFactorOffer>()(z.strictObject({ uri: text.describe('`otpauth://…`, for a QR code'), secret: text.describe('Base32, for typing') }))
export const recoveryCodesSchema = describes<RecoveryCodes>()(z.strictObject({ codes: z.array(text) }))

export const invitationSeenSchema = describes<InvitationSeen>()(
  z.strictObject({ purpose: invitationPurposeSchema, name: text, username: text.nullable().describe('null: still to be chosen'), role: platformRoleSchema, department: text, expiresAt: instant }),
)
export const setupStateSchema = describes<SetupState>()(z.strictObject({ open: z.boolean() }))

export const staffMemberSchema = describes<StaffMember>()(
  z.strictObject({
    id,
    username: text,
    name: text,
    post: text,
    departmentId: id.nullable(),
    spokesperson: z.boolean(),
    role: platformRoleSchema,
    secondFactor: z.boolean(),
    disabled: z.boolean(),
    lockedUntil: instant.nullable(),
    createdAt: instant,
    signedInAt: instant.nullable(),
    signIns: z.int(),
    version: z.int(),
  }),
)
export const staffActedSchema = describes<StaffActed>()(z.strictObject({ member: staffMemberSchema, url: z.url().nullable().describe('Of a reset; shown once') }))
export const invitationSchema = describes<Invitation>()(
  z.strictObject({ id, purpose: invitationPurposeSchema, name: text, role: platformRoleSchema, departmentId: id.nullable(), createdAt: instant, expiresAt: instant, by: text }),
)
export const invitationMadeSchema = describes<InvitationMade>()(z.strictObject({ invitation: invitationSchema, url: z.url().describe('Shown once') }))
