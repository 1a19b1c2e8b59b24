import type { OwnAccount, PlatformRole } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { passwordWeakness } from '../../shared/rules/passwords.ts'
import { PERMISSIONS } from '../../shared/rules/permissions.ts'
import type { SiteSettings } from '../../shared/site.ts'
import type { StaffMember } from '../../shared/staff.ts'
import { needsSecondFactor } from '../accounts/rules.ts'
import { lockedFor } from './guessing.ts'
import type { Guessing } from './guessing.ts'

/** An account as it is kept; `password` and `recovery` are hashes and digests, the authenticator's secrets are sealed. Times are ISO 8601. */
export type Account = Guessing & {
  id: string
  username: string
  name: string
  post: string
  departmentId: string | null
  spokesperson: boolean
  role: PlatformRole
  password: string
  totpSealed: string | null
  totpOffered: string | null
  totpStep: number
  recovery: string[]
  disabledAt: string | null
  createdAt: string
  signedInAt: string | null
  version: number
}

export function secondFactorOf({ totpSealed, role }: Pick<Account, 'totpSealed' | 'role'>, policy: SiteSettings['security']['secondFactor']): OwnAccount['secondFactor'] {
  if (totpSealed !== null) return 'on'
  return needsSecondFactor(role, policy) ? 'required' : 'off'
}

/** Whether somebody who had `before` may do less with `after`. */
export function losesBy(before: PlatformRole, after: PlatformRole): boolean {
  const allowed = (role: PlatformRole) => Object.entries<readonly string[]>(PERMISSIONS).filter(([, roles]) => roles.includes(role))
  return allowed(before).some(([, roles]) => !roles.includes(after))
}

/** `path`: of the input that it came in. @throws RefusedError `invalid_input` with why it is too easy to guess */
export function requireStrong(password: string, owner: { username: string; name: string }, path = 'password'): void {
  const reason = passwordWeakness(password, owner)
  if (reason) throw new RefusedError('invalid_input', { issues: [{ path, code: 'weak_password', reason }] })
}

/** @throws RefusedError `locked` with the time that is left */
export function requireUnlocked(account: Pick<Account, 'lockedUntil'>, now: number): void {
  const retryAfterMs = lockedFor(account, now)
  if (retryAfterMs > 0) throw new RefusedError('locked', { retryAfterMs })
}

/** An account as administrators see it; `signIns` counts its browsers. */
export function memberOf(account: Account, signIns: number, now: number): StaffMember {
  const { id, username, name, post, departmentId, spokesperson, role, createdAt, signedInAt, version } = account
  const locked = lockedFor(account, now) > 0 ? account.lockedUntil : null
  return { id, username, name, post, departmentId, spokesperson, role, secondFactor: account.totpSealed !== null, disabled: account.disabledAt !== null, lockedUntil: locked, createdAt, signedInAt, signIns, version }
}

/** What an edit changed, for the log of acts: names of fields, and of the role and whether it is disabled what they are now. */
export function changesOf(before: Account, after: Account): Record<string, string | boolean> {
  const fields = (['name', 'post', 'departmentId', 'spokesperson', 'role', 'disabledAt'] as const).filter((field) => before[field] !== after[field])
  return {
    changed: fields.map((field) => (field === 'disabledAt' ? 'disabled' : field)).join(' '),
    ...(fields.includes('role') ? { role: after.role } : {}),
    ...(fields.includes('disabledAt') ? { disabled: after.disabledAt !== null } : {}),
    ...(fields.includes('name') ? { formerly: before.name } : {}),
  }
}
