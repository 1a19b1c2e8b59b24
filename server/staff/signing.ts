import type { OpenedSignIn } from '../accounts/signIns.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { SignInStep } from '../../shared/staff.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { network } from '../votes/rules.ts'
import type { Caller, Entered, StaffDeps } from './deps.ts'
import { enter } from './entering.ts'
import type { Tickets } from './entering.ts'
import { useCode } from './factor.ts'
import { guessed, proved } from './guessing.ts'
import type { Proving } from './proving.ts'
import { requireUnlocked } from './rules.ts'
import type { Account } from './rules.ts'

/** The two steps of signing in. Everybody may try; `limit` is per network. */
export function createSigningService(deps: StaffDeps & { proving: Proving; tickets: Tickets; limit: RateLimiter }) {
  const { transact, forget, vault, now, proving, tickets, limit } = deps

  /** Whoever this browser was before is not here any more. */
  function entered(caller: Caller, opened: OpenedSignIn): Entered<SignInStep> {
    forget(caller.personId)
    return { answer: { state: 'done' }, opened }
  }

  return {
    /** @throws RefusedError `wrong_credentials`, `locked`, `rate_limited` */
    async begin(caller: Caller, { username, password }: { username: string; password: string }): Promise<Entered<SignInStep>> {
      await limit.take(network(caller.address))
      const account = await proving.byName(username, password, caller.address)
      if (account.totpSealed !== null) return { answer: { state: 'code', ticket: tickets.issue(account) }, opened: null }
      const at = now().toISOString()
      const opened = await transact(async (stores) => {
        const held = await stores.staff.held(account.id)
        // A second factor that was set up meanwhile has to be shown, and what was disabled or changed does not sign in.
        if (!held || held.disabledAt !== null || held.password !== account.password || held.totpSealed !== null) return null
        return enter(stores, held, caller, 'password', at)
      })
      if (!opened) throw new RefusedError('wrong_credentials')
      return entered(caller, opened)
    },

    /** @throws RefusedError `unauthenticated` when the ticket is too old or void, `code_invalid`, `locked`, `rate_limited` */
    async finish(caller: Caller, { ticket, code }: { ticket: string; code: string }): Promise<Entered<SignInStep>> {
      await limit.take(network(caller.address))
      const opened = tickets.open(ticket)
      if (!opened) throw new RefusedError('unauthenticated')
      const at = now()
      const outcome = await transact(async (stores): Promise<{ account: Account; opened: OpenedSignIn | null }> => {
        const account = await stores.staff.held(opened.id)
        if (!account || account.disabledAt !== null || account.totpSealed === null || !opened.fits(account)) throw new RefusedError('unauthenticated')
        requireUnlocked(account, at.getTime())
        const attempt = guessed(account, at.getTime())
        const used = useCode(vault, account, code, at.getTime())
        await stores.staff.update(account.id, used ? { ...proved(attempt), ...used.patch } : attempt)
        return { account: { ...account, ...attempt }, opened: used && (await enter(stores, account, caller, used.kind, at.toISOString())) }
      })
      if (outcome.opened) return entered(caller, outcome.opened)
      await proving.failed(outcome.account, 'code', caller.address)
      throw new RefusedError('code_invalid')
    },
  }
}
