import { z } from 'zod'
import { accountViewSchema, invitationMadeSchema, invitationSchema, invitationSeenSchema, recoveryCodesSchema, secondFactorOfferSchema, setupStateSchema, signInStepSchema, staffActedSchema, staffMemberSchema } from '../../shared/api/staff.ts'
import {
  acceptInvitationSchema,
  actOnStaffSchema,
  beginSecondFactorSchema,
  changePasswordSchema,
  confirmSecondFactorSchema,
  editStaffSchema,
  inviteSchema,
  lookInvitationSchema,
  removeSecondFactorSchema,
  setupSchema,
  signInCodeSchema,
  signInParamsSchema,
  signInSchema,
  staffParamsSchema,
} from '../../shared/staff.ts'
import { NOTHING, data, json } from './operation.ts'
import type { Operation } from './operation.ts'

const signing: readonly Operation[] = [
  { method: 'post', path: '/api/sign-in', tag: 'accounts', summary: 'Sign in with a password', description: '`code`: an authenticator or recovery code has to follow within five minutes. Five wrong guesses lock an account for fifteen minutes; names that nobody has are answered alike.', needs: null, body: json(signInSchema), answer: data(signInStepSchema), errors: ['wrong_credentials', 'locked', 'too_large'] },
  { method: 'post', path: '/api/sign-in/code', tag: 'accounts', summary: 'The second step of signing in', description: '`unauthenticated`: the ticket is too old or void; begin anew.', needs: null, body: json(signInCodeSchema), answer: data(signInStepSchema), errors: ['code_invalid', 'locked', 'unauthenticated', 'too_large'] },
  { method: 'post', path: '/api/invitations/look', tag: 'accounts', summary: 'Whom an invitation or a reset is for', needs: null, body: json(lookInvitationSchema), answer: data(invitationSeenSchema), errors: ['link_invalid', 'too_large'] },
  { method: 'post', path: '/api/invitations/accept', tag: 'accounts', summary: 'Make the account, or choose the new password', description: 'Signs in; where the account has a second factor, its code has to follow (POST /api/sign-in/code).', needs: null, body: json(acceptInvitationSchema), answer: data(signInStepSchema), errors: ['link_invalid', 'taken', 'too_large'] },
  { method: 'get', path: '/api/setup', tag: 'accounts', summary: 'Whether there is no administrator yet', needs: null, answer: data(setupStateSchema), errors: [] },
  { method: 'post', path: '/api/setup', tag: 'accounts', summary: 'Make the first administrator', description: 'With the token that a production start prints in its terminal. Signs in.', needs: null, body: json(setupSchema), answer: data(signInStepSchema), errors: ['link_invalid', 'wrong_state', 'taken', 'too_large'] },
]

const own: readonly Operation[] = [
  { method: 'get', path: '/api/account', tag: 'accounts', summary: 'One’s own account', needs: 'account', answer: data(accountViewSchema), errors: ['forbidden'] },
  { method: 'put', path: '/api/account/password', tag: 'accounts', summary: 'Change one’s password', description: 'All other browsers are signed out.', needs: 'account', body: json(changePasswordSchema), answer: data(NOTHING), errors: ['forbidden', 'wrong_credentials', 'locked', 'too_large'] },
  { method: 'post', path: '/api/account/second-factor', tag: 'accounts', summary: 'Begin to set up a second factor', description: '`wrong_state` when there is one.', needs: 'account', body: json(beginSecondFactorSchema), answer: data(secondFactorOfferSchema), errors: ['forbidden', 'wrong_credentials', 'locked', 'wrong_state', 'too_large'] },
  { method: 'put', path: '/api/account/second-factor', tag: 'accounts', summary: 'Confirm it by a first code', description: 'Answers with recovery codes, shown once. All other browsers are signed out.', needs: 'account', body: json(confirmSecondFactorSchema), answer: data(recoveryCodesSchema), errors: ['forbidden', 'code_invalid', 'wrong_state', 'too_large'] },
  { method: 'post', path: '/api/account/second-factor/remove', tag: 'accounts', summary: 'Do without a second factor', needs: 'account', body: json(removeSecondFactorSchema), answer: data(NOTHING), errors: ['forbidden', 'wrong_credentials', 'code_invalid', 'locked', 'wrong_state', 'too_large'] },
  { method: 'post', path: '/api/account/recovery-codes', tag: 'accounts', summary: 'New recovery codes', description: 'The ones before are void.', needs: 'account', body: json(beginSecondFactorSchema), answer: data(recoveryCodesSchema), errors: ['forbidden', 'wrong_credentials', 'locked', 'wrong_state', 'too_large'] },
  { method: 'delete', path: '/api/account/sign-ins', tag: 'accounts', summary: 'Sign all other browsers out', needs: 'account', answer: data(NOTHING), errors: ['forbidden'] },
  { method: 'delete', path: '/api/account/sign-ins/:id', tag: 'accounts', summary: 'Sign one browser out', needs: 'account', params: signInParamsSchema, answer: data(NOTHING), errors: ['forbidden', 'not_found'] },
]

const people: readonly Operation[] = [
  { method: 'get', path: '/api/admin/people', tag: 'administration', summary: 'All accounts, oldest first', needs: 'people.manage', answer: data(z.array(staffMemberSchema)), errors: ['forbidden'] },
  { method: 'put', path: '/api/admin/people/:id', tag: 'administration', summary: 'Change an account', description: '`wrong_state` when nobody would be left to administer; `stale` when it is no longer at `expectedVersion`.', needs: 'people.manage', params: staffParamsSchema, body: json(editStaffSchema), answer: data(staffMemberSchema), errors: ['forbidden', 'not_found', 'stale', 'wrong_state', 'too_large'] },
  { method: 'post', path: '/api/admin/people/:id/act', tag: 'administration', summary: 'Reset a password, unlock, sign out, remove a second factor', needs: 'people.manage', params: staffParamsSchema, body: json(actOnStaffSchema), answer: data(staffActedSchema), errors: ['forbidden', 'not_found', 'wrong_state', 'too_large'] },
  { method: 'get', path: '/api/admin/invitations', tag: 'administration', summary: 'Invitations and resets that nobody has used, newest first', needs: 'people.manage', answer: data(z.array(invitationSchema)), errors: ['forbidden'] },
  { method: 'post', path: '/api/admin/invitations', tag: 'administration', summary: 'Invite somebody', description: 'The id is yours. The link is not kept: a retry with the same id gives another one, and voids the one before.', needs: 'people.manage', body: json(inviteSchema), answer: data(invitationMadeSchema), errors: ['forbidden', 'wrong_state', 'too_large'] },
  { method: 'delete', path: '/api/admin/invitations/:id', tag: 'administration', summary: 'Revoke an invitation or a reset', needs: 'people.manage', params: staffParamsSchema, answer: data(NOTHING), errors: ['forbidden'] },
]

/** Staff: signing in, their own account, invitations, the first set-up, and administering them. */
export const ACCOUNTS_OPERATIONS: readonly Operation[] = [...signing, ...own, ...people]
