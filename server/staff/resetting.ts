import { RefusedError } from '../../shared/protocol/errors.ts'
import type { AuditActor } from '../audit/rules.ts'
import { SYSTEM } from '../audit/rules.ts'
import type { StaffDeps, StaffStores } from './deps.ts'
import { NO_GUESSES } from './guessing.ts'
import type { Account } from './rules.ts'
import type { InvitationTokens } from './tokens.ts'

const SERVES = 24 * 3_600_000

export type Resetting = ReturnType<typeof createResetting>

/** Links by which a forgotten password is replaced. */
export function createResetting({ transact, now, newId, tokens }: Pick<StaffDeps, 'transact' | 'now' | 'newId'> & { tokens: InvitationTokens }) {
  /** The address of a new link; the one before is void. @throws RefusedError `wrong_state` for an account that is disabled */
  async function link({ invitations }: StaffStores, { id, name, role, departmentId, disabledAt }: Account, by: AuditActor, at: Date): Promise<string> {
    if (disabledAt !== null) throw new RefusedError('wrong_state')
    const { token, digest } = tokens.make()
    const times = { createdAt: at.toISOString(), expiresAt: new Date(at.getTime() + SERVES).toISOString() }
    await invitations.revokeAll('reset', id, times.createdAt)
    await invitations.put({ id: newId(), purpose: 'reset', token: digest, accountId: id, name, role, departmentId, by: by.actor, byId: by.actorId, ...times })
    return tokens.url(token)
  }

  return {
    link,
    /**
     * For whoever runs the machine, at its terminal (scripts/account-rescue.ts): the last administrator forgot the password, or lost the phone. Unlocks, too.
     * @throws RefusedError `not_found`, `wrong_state` for an account that is disabled
     */
    async rescue(username: string, { secondFactor }: { /** Takes the second factor away. */ secondFactor: boolean }): Promise<string> {
      const at = now()
      return transact(async (stores) => {
        const found = await stores.staff.byUsername(username)
        const account = found && (await stores.staff.held(found.id))
        if (!account) throw new RefusedError('not_found')
        await stores.staff.update(account.id, { ...NO_GUESSES, ...(secondFactor ? { totpSealed: null, totpOffered: null, recovery: [] } : {}) })
        if (secondFactor) await stores.rights.shrank(account.id, 'revoked', at.toISOString())
        for (const action of secondFactor ? ['remove_second_factor', 'reset'] : ['reset']) await stores.audit.append({ ...SYSTEM, action: 'staff_act', subject: account.name, detail: { action, by: 'terminal' } }, at.toISOString())
        return link(stores, account, SYSTEM, at)
      })
    },
  }
}
