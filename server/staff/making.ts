import type { PlatformRole } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { StaffStores } from './deps.ts'
import { NO_GUESSES } from './guessing.ts'
import type { Account } from './rules.ts'

type Made = { id: string; grantId: string; username: string; name: string; role: PlatformRole; departmentId: string | null; password: string }

/** A new account, with the grant of its role. @throws RefusedError `taken` when somebody has this user name */
export async function makeAccount({ staff, grants }: StaffStores, { grantId, ...made }: Made, at: string): Promise<Account> {
  const account: Account = {
    ...NO_GUESSES,
    ...made,
    post: '',
    spokesperson: false,
    totpSealed: null,
    totpOffered: null,
    totpStep: 0,
    recovery: [],
    disabledAt: null,
    createdAt: at,
    signedInAt: null,
    version: 1,
  }
  if (!(await staff.insert(account))) throw new RefusedError('taken')
  await grants.insertGrant({ id: grantId, sessionId: null, role: made.role, guestId: null, name: made.name, accountId: made.id }, at)
  await grants.hold(made.id, grantId, at)
  return account
}
