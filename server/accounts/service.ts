import type { Grant, Me, SignInLink } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Guest } from '../../shared/sessions.ts'
import type { Access } from './access.ts'
import type { AccountStore } from './store.ts'
import type { Signer } from './tokens.ts'

/** Who sits where at the table of one session. */
export type Seat = { seatId: string; role: 'guest' | 'host'; name: string; post: string; department: string }

/** Known beforehand, so that several processes which start at once make one and the same. No secret: links are signed. */
const PLATFORM_HOST = '00000000-0000-4000-8000-000000000001'

export type AccountService = ReturnType<typeof createAccountService>

export function createAccountService(deps: {
  store: AccountStore
  /** Writes one grant to one person, durably. */
  hold: (personId: string, grantId: string) => Promise<void>
  insert: (grant: Grant) => Promise<void>
  access: Access
  signer: Signer
  publicUrl: string
  guestsOf: (sessionId: string) => Promise<Guest[] | null>
}) {
  const { store, access, signer, publicUrl, guestsOf } = deps

  return {
    /** What a person may know of themselves. */
    async me(personId: string): Promise<Me> {
      return { personId, grants: await access.grantsOf(personId), signedIn: null, account: null, verified: [], consented: null }
    },

    /** The address that signs whoever opens it in with `grant`. */
    linkFor(grant: Grant): SignInLink {
      return { id: grant.id, role: grant.role, guestId: grant.guestId, name: grant.name, url: `${publicUrl}/in/${signer.sign('link', grant.id)}`, expiresAt: null, expired: false, holder: null, uses: [] }
    },

    /** The grant of whoever runs this installation, made at the first start: host of every session, and may create new ones. */
    async platformHost(): Promise<Grant> {
      const existing = (await store.grantsOfSession(null)).find((grant) => grant.role === 'host')
      if (existing) return existing
      const grant: Grant = { id: PLATFORM_HOST, sessionId: null, role: 'host', guestId: null, name: '', accountId: null }
      await deps.insert(grant)
      return grant
    },

    /** @throws RefusedError `forbidden` */
    async links(personId: string, sessionId: string): Promise<SignInLink[]> {
      await access.require(personId, sessionId, 'session.links')
      const [grants, guests] = await Promise.all([store.grantsOfSession(sessionId), guestsOf(sessionId)])
      // Hosts and moderators first, then the guests as the session lists them.
      const place = (grant: Grant) => guests?.findIndex((guest) => guest.id === grant.guestId) ?? -1
      return grants.toSorted((a, b) => place(a) - place(b) || a.role.localeCompare(b.role)).map((grant) => this.linkFor(grant))
    },

    /**
     * Gives this browser's person what a signed link stands for. Anybody who has the link may.
     * @throws RefusedError `link_invalid` when it is forged or was revoked
     */
    async accept(personId: string, token: string): Promise<Grant> {
      const grantId = signer.open('link', token)
      const grant = grantId ? await store.grantById(grantId) : null
      if (!grant) throw new RefusedError('link_invalid')
      await deps.hold(personId, grant.id)
      access.forget(personId)
      return grant
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
