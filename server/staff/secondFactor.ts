import { RefusedError } from '../../shared/protocol/errors.ts'
import type { RecoveryCodes, SecondFactorOffer } from '../../shared/staff.ts'
import { needsSecondFactor } from '../accounts/rules.ts'
import { requireOwn } from './account.ts'
import { newSecret, offerOf, stepOf, typedCode } from './codes.ts'
import type { Caller, Entered, StaffDeps, StaffStores } from './deps.ts'
import { actorOf } from './entering.ts'
import { makeRecovery, openSecret, sealSecret, useCode } from './factor.ts'
import { guessed, proved } from './guessing.ts'
import type { Proving } from './proving.ts'
import { requireUnlocked } from './rules.ts'
import type { Account } from './rules.ts'

/** What an authenticator lists the account under while the site has no name. */
const NAMELESS = 'Fangtan'

/** Setting a second factor up, and doing without it; the password is asked for again. */
export function createSecondFactorService(deps: StaffDeps & { proving: Proving }) {
  const { read, transact, forget, vault, now, random, proving } = deps

  /** @throws RefusedError `wrong_state` */
  async function held({ staff }: StaffStores, id: string, set: boolean): Promise<Account> {
    const account = await staff.held(id)
    if (!account || (account.totpSealed !== null) !== set) throw new RefusedError('wrong_state')
    return account
  }

  return {
    /** It serves once it is confirmed. @throws RefusedError `forbidden`, `wrong_credentials`, `locked`, `wrong_state` when there is one */
    async begin(caller: Caller, password: string): Promise<SecondFactorOffer> {
      const { account } = await requireOwn(deps, caller)
      await proving.ofAccount(account.id, password, caller.address)
      const secret = newSecret()
      await transact(async (stores) => {
        await held(stores, account.id, false)
        await stores.staff.update(account.id, { totpOffered: sealSecret(vault, secret) })
      })
      const { value } = await read.site.setting('branding')
      return { uri: offerOf(secret, value.name || NAMELESS, account.username), secret }
    },

    /**
     * By a first code of what was offered. Browsers that signed in without it are signed out, this one gets another token.
     * @throws RefusedError `forbidden`, `code_invalid`, `wrong_state` when nothing was offered
     */
    async confirm(caller: Caller, code: string): Promise<Entered<RecoveryCodes>> {
      const { own, account } = await requireOwn(deps, caller)
      const at = now()
      const { codes, recovery } = makeRecovery(vault, account.id, random)
      const opened = await transact(async (stores) => {
        const { totpOffered } = await held(stores, account.id, false)
        const secret = totpOffered === null ? null : openSecret(vault, totpOffered)
        if (secret === null) throw new RefusedError('wrong_state')
        const step = stepOf(secret, typedCode(code).code, at.getTime(), 0)
        if (step === null) throw new RefusedError('code_invalid')
        await stores.staff.update(account.id, { totpSealed: sealSecret(vault, secret), totpOffered: null, totpStep: step, recovery })
        await stores.signIns.closeAllOf(account.id, 'signed_out', at.toISOString(), own.signInId)
        await stores.audit.append({ ...actorOf(account, own), action: 'second_factor', subject: account.name, detail: { act: 'on' } }, at.toISOString())
        return stores.signIns.renew(own.signInId, at.toISOString())
      })
      // The role may count from now on.
      forget(account.id)
      return { answer: { codes }, opened }
    },

    /** @throws RefusedError `forbidden`, `wrong_credentials`, `code_invalid`, `locked`, `wrong_state` when there is none */
    async remove(caller: Caller, { password, code }: { password: string; code: string }): Promise<null> {
      const { own, account } = await requireOwn(deps, caller)
      await proving.ofAccount(account.id, password, own.address)
      const at = now()
      const wrong = await transact(async (stores) => {
        const before = await held(stores, account.id, true)
        requireUnlocked(before, at.getTime())
        const attempt = guessed(before, at.getTime())
        if (!useCode(vault, before, code, at.getTime())) {
          await stores.staff.update(account.id, attempt)
          return { ...before, ...attempt }
        }
        await stores.staff.update(account.id, { ...proved(attempt), totpSealed: null, totpOffered: null, recovery: [] })
        await stores.audit.append({ ...actorOf(account, own), action: 'second_factor', subject: account.name, detail: { act: 'off' } }, at.toISOString())
        if (needsSecondFactor(before.role, (await stores.site.setting('security')).value.secondFactor)) await stores.rights.shrank(account.id, 'revoked', at.toISOString())
        return null
      })
      if (wrong) {
        await proving.failed(wrong, 'code', own.address)
        throw new RefusedError('code_invalid')
      }
      forget(account.id)
      return null
    },

    /** The ones before are void. @throws RefusedError `forbidden`, `wrong_credentials`, `locked`, `wrong_state` without a second factor */
    async renewRecovery(caller: Caller, password: string): Promise<RecoveryCodes> {
      const { own, account } = await requireOwn(deps, caller)
      await proving.ofAccount(account.id, password, own.address)
      const { codes, recovery } = makeRecovery(vault, account.id, random)
      const at = now().toISOString()
      await transact(async (stores) => {
        await held(stores, account.id, true)
        await stores.staff.update(account.id, { recovery })
        await stores.audit.append({ ...actorOf(account, own), action: 'second_factor', subject: account.name, detail: { act: 'recovery_codes' } }, at)
      })
      return { codes }
    },
  }
}
