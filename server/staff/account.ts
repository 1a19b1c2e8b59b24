import type { OpenedSignIn } from '../accounts/signIns.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { AccountView, SignIn } from '../../shared/staff.ts'
import type { Caller, Entered, StaffDeps } from './deps.ts'
import { actorOf } from './entering.ts'
import { NO_GUESSES } from './guessing.ts'
import type { Proving } from './proving.ts'
import { requireStrong, secondFactorOf } from './rules.ts'
import type { Account } from './rules.ts'

/** Somebody who is signed in as staff. */
export type Own = Caller & { signInId: string }

/** The first line of everything that is one's own. @throws RefusedError `forbidden` */
export async function requireOwn({ read }: Pick<StaffDeps, 'read'>, caller: Caller): Promise<{ own: Own; account: Account }> {
  const { signInId, kind } = caller
  const account = kind === 'staff' && signInId !== null ? await read.staff.byId(caller.personId) : null
  if (!account || account.disabledAt !== null || signInId === null) throw new RefusedError('forbidden')
  return { own: { ...caller, signInId }, account }
}

/** What staff do with their own account. */
export function createOwnAccountService(deps: StaffDeps & { proving: Proving }) {
  const { read, transact, forget, passwords, now, proving } = deps

  return {
    /** @throws RefusedError `forbidden` */
    async view(caller: Caller): Promise<AccountView> {
      const { own, account } = await requireOwn(deps, caller)
      const [rows, department, security] = await Promise.all([read.signIns.ofPerson(account.id, now().toISOString()), read.staff.departmentName(account.departmentId), read.site.setting('security')])
      const signIns = rows.map(({ id, device, address, createdAt, seenAt }): SignIn => ({ id, device, address, createdAt, seenAt, current: id === own.signInId }))
      const { username, name, post, role, recovery } = account
      return { username, name, post, department: department ?? '', role, secondFactor: secondFactorOf(account, security.value.secondFactor), recoveryCodesLeft: recovery.length, signIns }
    },

    /** All other browsers are signed out, and this one gets another token. @throws RefusedError `forbidden`, `wrong_credentials`, `locked`, `invalid_input` (`weak_password`) */
    async changePassword(caller: Caller, { current, next }: { current: string; next: string }): Promise<Entered<null>> {
      const { own, account } = await requireOwn(deps, caller)
      const proved = await proving.ofAccount(account.id, current, own.address)
      requireStrong(next, account, 'next')
      const password = await passwords.hash(next)
      const at = now().toISOString()
      const opened = await transact(async ({ staff, invitations, signIns, audit }): Promise<OpenedSignIn | null> => {
        const held = await staff.held(account.id)
        if (!held || held.password !== proved.password) throw new RefusedError('wrong_credentials')
        await staff.update(account.id, { ...NO_GUESSES, password })
        await invitations.revokeAll('reset', account.id, at)
        await signIns.closeAllOf(account.id, 'signed_out', at, own.signInId)
        await audit.append({ ...actorOf(account, own), action: 'password', subject: account.name, detail: { by: 'change' } }, at)
        return signIns.renew(own.signInId, at)
      })
      forget(account.id)
      return { answer: null, opened }
    },

    /** @returns whether it was the browser that asks. @throws RefusedError `forbidden`, `not_found` */
    async end(caller: Caller, id: string): Promise<boolean> {
      const { own, account } = await requireOwn(deps, caller)
      const at = now().toISOString()
      await transact(async ({ signIns, audit }) => {
        const signIn = (await signIns.ofPerson(account.id, at)).find((candidate) => candidate.id === id)
        if (!signIn) throw new RefusedError('not_found')
        await signIns.close(id, 'signed_out', at)
        await audit.append({ ...actorOf(account, own), action: 'sign_out', subject: account.name, detail: { device: signIn.device, address: signIn.address } }, at)
      })
      forget(account.id)
      return id === own.signInId
    },

    /** @throws RefusedError `forbidden` */
    async endOthers(caller: Caller): Promise<null> {
      const { own, account } = await requireOwn(deps, caller)
      const at = now().toISOString()
      await transact(async ({ signIns, audit }) => {
        const ended = await signIns.closeAllOf(account.id, 'signed_out', at, own.signInId)
        if (ended > 0) await audit.append({ ...actorOf(account, own), action: 'sign_out', subject: account.name, detail: { browsers: ended } }, at)
      })
      forget(account.id)
      return null
    },
  }
}
