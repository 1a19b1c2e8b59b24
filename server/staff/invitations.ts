import { RefusedError } from '../../shared/protocol/errors.ts'
import type { AcceptInvitation, Invitation, InvitationMade, InvitationSeen, Invite, SignInStep } from '../../shared/staff.ts'
import { auditActor } from '../audit/actor.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { network } from '../votes/rules.ts'
import type { Caller, Entered, StaffDeps } from './deps.ts'
import { actorOf, enter } from './entering.ts'
import type { Tickets } from './entering.ts'
import { NO_GUESSES } from './guessing.ts'
import type { StoredInvitation } from './invitationStore.ts'
import { makeAccount } from './making.ts'
import { requireStrong } from './rules.ts'
import type { Account } from './rules.ts'
import type { InvitationTokens } from './tokens.ts'

const DAY = 24 * 3_600_000
const SERVES = 7 * DAY
/** How long one that nobody used stays on the list after it expired. */
const LISTED = 30 * DAY

const shown = ({ token: _token, accountId: _account, byId: _by, ...rest }: StoredInvitation): Invitation => rest

/** Links by which an account is made, or a forgotten password replaced. `limit` is per network, for whoever tries tokens. */
export function createInvitationService(deps: StaffDeps & { tickets: Tickets; tokens: InvitationTokens; limit: RateLimiter }) {
  const { read, transact, access, forget, passwords, now, newId, tickets, tokens, limit } = deps
  const authorise = (caller: Caller) => access.require(caller.personId, null, 'people.manage')

  /** @throws RefusedError `link_invalid` */
  async function opened(token: string): Promise<{ invitation: StoredInvitation; account: Account | null }> {
    const invitation = await read.invitations.serving(tokens.digest(token), now().toISOString())
    if (!invitation || invitation.purpose === 'setup') throw new RefusedError('link_invalid')
    if (invitation.accountId === null) return { invitation, account: null }
    const account = await read.staff.byId(invitation.accountId)
    if (!account || account.disabledAt !== null) throw new RefusedError('link_invalid')
    return { invitation, account }
  }

  async function join(caller: Caller, invitation: StoredInvitation, input: AcceptInvitation): Promise<Entered<SignInStep>> {
    requireStrong(input.password, input)
    const password = await passwords.hash(input.password)
    const at = now().toISOString()
    const signIn = await transact(async (stores) => {
      if (!(await stores.invitations.use(invitation.id, at))) throw new RefusedError('link_invalid')
      const { role, departmentId } = invitation
      const account = await makeAccount(stores, { id: newId(), grantId: newId(), username: input.username, name: input.name, role, departmentId, password }, at)
      await stores.audit.append({ ...actorOf(account, caller), action: 'invitation_accepted', subject: account.name, detail: { username: account.username, role, invited: invitation.name, by: invitation.by } }, at)
      return enter(stores, account, caller, 'invite', at)
    })
    forget(caller.personId)
    return { answer: { state: 'done' }, opened: signIn }
  }

  /** The second factor stays: who lost the password has not lost the phone. */
  async function reset(caller: Caller, invitation: StoredInvitation, { id, username, name }: Account, input: AcceptInvitation): Promise<Entered<SignInStep>> {
    requireStrong(input.password, { username, name })
    const password = await passwords.hash(input.password)
    const at = now().toISOString()
    const { account, signIn } = await transact(async (stores) => {
      const held = await stores.staff.held(id)
      if (!held || held.disabledAt !== null || !(await stores.invitations.use(invitation.id, at))) throw new RefusedError('link_invalid')
      const changed = { ...held, ...NO_GUESSES, password }
      await stores.staff.update(id, { ...NO_GUESSES, password })
      await stores.signIns.closeAllOf(id, 'signed_out', at)
      await stores.audit.append({ ...actorOf(held, caller), action: 'password', subject: name, detail: { by: 'reset' } }, at)
      return { account: changed, signIn: held.totpSealed === null ? await enter(stores, changed, caller, 'reset', at) : null }
    })
    forget(caller.personId)
    forget(id)
    return signIn ? { answer: { state: 'done' }, opened: signIn } : { answer: { state: 'code', ticket: tickets.issue(account) }, opened: null }
  }

  return {
    /** For whoever has the link. @throws RefusedError `link_invalid`, `rate_limited` */
    async look(caller: Caller, token: string): Promise<InvitationSeen> {
      await limit.take(network(caller.address))
      const { invitation, account } = await opened(token)
      const { name, role, departmentId } = account ?? invitation
      return { purpose: invitation.purpose, name, username: account?.username ?? null, role, department: (await read.staff.departmentName(departmentId)) ?? '', expiresAt: invitation.expiresAt }
    },

    /** For whoever has the link, once. @throws RefusedError `link_invalid`, `taken`, `invalid_input` (`weak_password`), `rate_limited` */
    async accept(caller: Caller, input: AcceptInvitation): Promise<Entered<SignInStep>> {
      await limit.take(network(caller.address))
      const { invitation, account } = await opened(input.token)
      return account ? reset(caller, invitation, account, input) : join(caller, invitation, input)
    },

    /** @throws RefusedError `forbidden` */
    async list(caller: Caller): Promise<Invitation[]> {
      await authorise(caller)
      return (await read.invitations.list(new Date(now().getTime() - LISTED).toISOString())).map(shown)
    },

    /** A retry with the same id gives another link in the place of the one that nobody saw. @throws RefusedError `forbidden`, `invalid_input`, `wrong_state` when it was used or revoked */
    async create(caller: Caller, { id, name, role, departmentId }: Invite): Promise<InvitationMade> {
      await authorise(caller)
      const actor = await auditActor(access, caller.personId, caller.address)
      const at = now()
      const { token, digest } = tokens.make()
      const invitation: StoredInvitation = { id, purpose: 'invite', token: digest, accountId: null, name, role, departmentId, by: actor.actor, byId: caller.personId, createdAt: at.toISOString(), expiresAt: new Date(at.getTime() + SERVES).toISOString() }
      await transact(async ({ staff, invitations, audit }) => {
        if (departmentId !== null && (await staff.departmentName(departmentId)) === null) throw new RefusedError('invalid_input', { issues: [{ path: 'departmentId', code: 'not_found' }] })
        if (!(await invitations.put(invitation))) throw new RefusedError('wrong_state')
        await audit.append({ ...actor, action: 'invite', subject: name, detail: { role } }, at.toISOString())
      })
      return { invitation: shown((await read.invitations.byId(id)) ?? invitation), url: tokens.url(token) }
    },

    /** What is gone already stays gone. @throws RefusedError `forbidden` */
    async revoke(caller: Caller, id: string): Promise<null> {
      await authorise(caller)
      const actor = await auditActor(access, caller.personId, caller.address)
      const at = now().toISOString()
      await transact(async ({ invitations, audit }) => {
        const invitation = await invitations.byId(id)
        if (!invitation || invitation.purpose === 'setup' || !(await invitations.revoke(id, at))) return
        await audit.append({ ...actor, action: 'invitation_revoked', subject: invitation.name, detail: { purpose: invitation.purpose, role: invitation.role } }, at)
      })
      return null
    },
  }
}
