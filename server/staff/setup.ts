import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Setup, SetupState, SignInStep } from '../../shared/staff.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { defaultNotice } from '../site/defaultNotice.ts'
import type { SiteStore } from '../site/store.ts'
import { network } from '../votes/rules.ts'
import type { Caller, Entered, StaffDeps } from './deps.ts'
import { actorOf, enter } from './entering.ts'
import { makeAccount } from './making.ts'
import { requireStrong } from './rules.ts'
import type { InvitationTokens } from './tokens.ts'

const SERVES = 24 * 3_600_000

/** What the first administrator finds: the site under its name, with a privacy notice that says what is kept. */
async function furnish(site: SiteStore, siteName: string, by: string, at: string): Promise<void> {
  const [branding, retention, privacy, notice] = [await site.setting('branding'), await site.setting('retention'), await site.setting('privacy'), await site.notice()]
  await site.set('branding', { ...branding.value, name: siteName }, branding.version, by, at)
  if (notice) return
  const text = defaultNotice({ name: siteName, retention: retention.value })
  await site.set('privacy', text, privacy.version, by, at)
  await site.publish(text, by, at)
}

/** The first administrator, by a token that only whoever started the server has seen. Closed for good once there is one. */
export function createSetupService(deps: StaffDeps & { tokens: InvitationTokens; limit: RateLimiter }) {
  const { read, transact, forget, passwords, publicUrl, now, newId, tokens, limit } = deps

  return {
    async state(): Promise<SetupState> {
      return { open: !(await read.staff.hasAdministrator()) }
    },

    /** For the terminal of a start: the address of the set-up page with a new token, for a day; null when there is nothing to set up. */
    async address(): Promise<string | null> {
      const at = now()
      const { token, digest } = tokens.make()
      const made = await transact(async ({ staff, invitations }) => {
        if (await staff.hasAdministrator()) return false
        const times = { createdAt: at.toISOString(), expiresAt: new Date(at.getTime() + SERVES).toISOString() }
        return invitations.put({ id: newId(), purpose: 'setup', token: digest, accountId: null, name: '', role: 'admin', departmentId: null, by: 'system', byId: null, ...times })
      })
      return made ? `${publicUrl}/setup#${token}` : null
    },

    /** For whoever has the token. Of several at once, one succeeds. @throws RefusedError `wrong_state` when there is an administrator, `link_invalid`, `taken`, `invalid_input` (`weak_password`), `rate_limited` */
    async setUp(caller: Caller, { token, username, name, password, siteName }: Setup): Promise<Entered<SignInStep>> {
      await limit.take(network(caller.address))
      if (await read.staff.hasAdministrator()) throw new RefusedError('wrong_state')
      const at = now().toISOString()
      const invitation = await read.invitations.serving(tokens.digest(token), at)
      if (invitation?.purpose !== 'setup') throw new RefusedError('link_invalid')
      requireStrong(password, { username, name })
      const hash = await passwords.hash(password)
      const opened = await transact(async (stores) => {
        await stores.staff.lock()
        if (await stores.staff.hasAdministrator()) throw new RefusedError('wrong_state')
        if (!(await stores.invitations.use(invitation.id, at))) throw new RefusedError('link_invalid')
        const account = await makeAccount(stores, { id: newId(), grantId: newId(), username, name, role: 'admin', departmentId: null, password: hash }, at)
        await stores.invitations.revokeAll('setup', null, at)
        await furnish(stores.site, siteName, name, at)
        await stores.audit.append({ ...actorOf(account, caller), action: 'setup', subject: siteName }, at)
        return enter(stores, account, caller, 'setup', at)
      })
      forget(caller.personId)
      return { answer: { state: 'done' }, opened }
    },
  }
}
