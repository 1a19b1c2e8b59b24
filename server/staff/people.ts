import { RefusedError } from '../../shared/protocol/errors.ts'
import type { EditStaff, StaffAct, StaffActed, StaffMember } from '../../shared/staff.ts'
import type { AuditActor } from '../audit/rules.ts'
import { auditActor } from '../audit/actor.ts'
import type { Caller, StaffDeps, StaffStores } from './deps.ts'
import { NO_GUESSES } from './guessing.ts'
import type { Resetting } from './resetting.ts'
import { changesOf, losesBy, memberOf } from './rules.ts'
import type { Account } from './rules.ts'

/** Accounts, as administrators look after them. */
export function createPeopleService(deps: StaffDeps & { resetting: Resetting }) {
  const { read, transact, access, forget, now, resetting } = deps
  const authorise = (caller: Caller) => access.require(caller.personId, null, 'people.manage')

  /** @throws RefusedError `not_found` */
  async function existing({ staff }: StaffStores, id: string): Promise<Account> {
    const account = await staff.held(id)
    if (!account) throw new RefusedError('not_found')
    return account
  }

  async function shown({ staff }: StaffStores, account: Account): Promise<StaffMember> {
    const at = now()
    return memberOf(account, (await staff.signIns(at.toISOString())).get(account.id) ?? 0, at.getTime())
  }

  /** Somebody has to be left who can administer. @throws RefusedError `wrong_state` */
  async function requireAnother({ staff }: StaffStores, { id }: Account): Promise<void> {
    if ((await staff.administrators()).every((other) => other === id)) throw new RefusedError('wrong_state')
  }

  async function write(stores: StaffStores, before: Account, input: EditStaff, at: string): Promise<Account> {
    const { expectedVersion: _expected, disabled, ...rest } = input
    const after: Account = { ...before, ...rest, disabledAt: disabled ? (before.disabledAt ?? at) : null, version: before.version + 1 }
    const wasWorking = before.role === 'admin' && before.disabledAt === null
    if (wasWorking && (after.role !== 'admin' || disabled)) {
      await requireAnother(stores, before)
      // What they have links to would let them in again.
      await stores.invitations.revokeMadeBy(before.id, at)
    }
    if (rest.departmentId !== null && rest.departmentId !== before.departmentId && (await stores.staff.departmentName(rest.departmentId)) === null)
      throw new RefusedError('invalid_input', { issues: [{ path: 'departmentId', code: 'not_found' }] })
    await stores.staff.update(before.id, after)
    await stores.staff.followGrants(after)
    if (disabled) {
      await stores.signIns.closeAllOf(before.id, 'revoked', at)
      await stores.invitations.revokeAll('reset', before.id, at)
    }
    if (disabled || losesBy(before.role, after.role) || before.departmentId !== after.departmentId) await stores.rights.shrank(before.id, 'revoked', at)
    return after
  }

  /** @returns the link of a reset */
  async function act(stores: StaffStores, account: Account, action: StaffAct, by: AuditActor, at: Date): Promise<string | null> {
    const { id } = account
    const time = at.toISOString()
    switch (action) {
      case 'reset':
        return resetting.link(stores, account, by, at)
      case 'unlock':
        await stores.staff.update(id, NO_GUESSES)
        return null
      case 'sign_out':
        await stores.signIns.closeAllOf(id, 'signed_out', time)
        return null
      case 'remove_second_factor':
        await stores.staff.update(id, { totpSealed: null, totpOffered: null, recovery: [] })
        // Where one is required, the role counts no more until there is another.
        await stores.rights.shrank(id, 'revoked', time)
        return null
    }
  }

  return {
    /** Oldest first. @throws RefusedError `forbidden` */
    async list(caller: Caller): Promise<StaffMember[]> {
      await authorise(caller)
      const at = now()
      const [accounts, signIns] = await Promise.all([read.staff.all(), read.staff.signIns(at.toISOString())])
      return accounts.map((account) => memberOf(account, signIns.get(account.id) ?? 0, at.getTime()))
    },

    /** @throws RefusedError `forbidden`, `not_found`, `stale` with the account as it is, `wrong_state` when nobody would be left to administer, `invalid_input` */
    async edit(caller: Caller, id: string, input: EditStaff): Promise<StaffMember> {
      await authorise(caller)
      const actor = await auditActor(access, caller.personId, caller.address)
      const at = now().toISOString()
      const member = await transact(async (stores) => {
        await stores.staff.lock()
        const before = await existing(stores, id)
        if (before.version !== input.expectedVersion) throw new RefusedError('stale', { current: await shown(stores, before) })
        const after = await write(stores, before, input, at)
        await stores.audit.append({ ...actor, action: 'staff_edit', subject: after.name, detail: changesOf(before, after) }, at)
        return shown(stores, after)
      })
      forget(id)
      return member
    },

    /** @throws RefusedError `forbidden`, `not_found`, `wrong_state` to reset one that is disabled */
    async act(caller: Caller, id: string, action: StaffAct): Promise<StaffActed> {
      await authorise(caller)
      const actor = await auditActor(access, caller.personId, caller.address)
      const at = now()
      const acted = await transact(async (stores) => {
        const account = await existing(stores, id)
        const url = await act(stores, account, action, actor, at)
        await stores.audit.append({ ...actor, action: 'staff_act', subject: account.name, detail: { action } }, at.toISOString())
        return { member: await shown(stores, await existing(stores, id)), url }
      })
      forget(id)
      return acted
    },
  }
}
