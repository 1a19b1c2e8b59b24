import type { Me, OwnAccount } from '../../shared/accounts.ts'
import type { SiteSettings } from '../../shared/site.ts'
import type { Guest } from '../../shared/sessions.ts'
import type { AuditStore } from '../audit/store.ts'
import type { Access } from './access.ts'
import type { Identity } from './identity.ts'
import { needsSecondFactor } from './rules.ts'
import type { SignInStore } from './signIns.ts'
import type { AccountStore } from './store.ts'

/** Who sits where at the table of one session. */
export type Seat = { seatId: string; role: 'guest' | 'host'; name: string; post: string; department: string }

export type AccountService = ReturnType<typeof createAccountService>

export function createAccountService(deps: {
  access: Access
  read: AccountStore
  writing: <T>(work: (stores: { signIns: SignInStore; audit: AuditStore }) => Promise<T>) => Promise<T>
  security: () => Promise<SiteSettings['security']>
  /** What is known of a resident. */
  residentOf: (personId: string) => Promise<Pick<Me, 'verified' | 'consented'>>
  guestsOf: (sessionId: string) => Promise<Guest[] | null>
  forget: (personId: string) => void
  now: () => Date
}) {
  const { access, read, writing, security, residentOf, guestsOf, forget, now } = deps

  async function ownAccount(personId: string): Promise<OwnAccount | null> {
    const account = await read.account(personId)
    if (!account) return null
    const required = needsSecondFactor(account.role, (await security()).secondFactor)
    return { ...account, secondFactor: account.secondFactor ? 'on' : required ? 'required' : 'off' }
  }

  return {
    /** What a person may know of themselves. */
    async me({ personId, kind }: Identity): Promise<Me> {
      const [grants, account, resident] = await Promise.all([access.grantsOf(personId), kind === 'staff' ? ownAccount(personId) : null, residentOf(personId)])
      return { personId, grants, signedIn: kind, account, ...resident }
    },

    /** Ends this browser's sign-in, of whatever kind; without one, nothing happens. */
    async signOut({ personId, signInId, kind }: Identity, address: string): Promise<null> {
      if (signInId === null) return null
      const at = now().toISOString()
      // An account whose role does not count for want of a second factor has a name all the same.
      const account = kind === 'staff' ? await read.account(personId) : null
      await writing(async ({ signIns, audit }) => {
        await signIns.close(signInId, 'signed_out', at)
        if (account) await audit.append({ actor: account.name, actorId: personId, address, action: 'sign_out', subject: account.name }, at)
      })
      forget(personId)
      return null
    },

    /** The seat that this person has in a session, or null for the audience. Who has both a guest's and a host's gets the `preferred` one. */
    async seat(personId: string, sessionId: string, preferred: Seat['role'] = 'guest'): Promise<Seat | null> {
      const grants = (await access.grantsOf(personId)).filter((grant) => grant.sessionId === null || grant.sessionId === sessionId)
      const guests = await guestsOf(sessionId)
      if (!guests) return null
      const guest = guests.find((candidate) => grants.some((grant) => grant.role === 'guest' && grant.guestId === candidate.id))
      const host = grants.find((grant) => grant.role === 'host')
      const guestSeat: Seat | null = guest ? { seatId: guest.id, role: 'guest', name: guest.name, post: guest.post, department: guest.department } : null
      const hostSeat: Seat | null = host ? { seatId: host.id, role: 'host', name: host.name, post: '', department: '' } : null
      return preferred === 'host' ? (hostSeat ?? guestSeat) : (guestSeat ?? hostSeat)
    },
  }
}
