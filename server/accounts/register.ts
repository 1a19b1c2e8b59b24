import type { Grant, Me } from '../../shared/accounts.ts'
import type { Guest } from '../../shared/sessions.ts'
import { createAuditStore } from '../audit/store.ts'
import type { Database } from '../db/database.ts'
import { createRateLimiter } from '../realtime/limiter.ts'
import type { RightsFeed } from '../realtime/revoking.ts'
import type { CommitToSession } from '../sessions/commit.ts'
import type { SiteStore } from '../site/store.ts'
import type { Access } from './access.ts'
import { createLinkStore } from './linkStore.ts'
import { createLinkService } from './links.ts'
import { createLinkOpening } from './opening.ts'
import type { LinkStores } from './opening.ts'
import { createOperator } from './operator.ts'
import { createRightsStore } from './rights.ts'
import { counts } from './rules.ts'
import { createAccountService } from './service.ts'
import { createSignInStore } from './signIns.ts'
import { createAccountStore } from './store.ts'
import type { AccountStore } from './store.ts'
import { createTeamService } from './team.ts'
import type { Signer } from './tokens.ts'
import type { Vault } from './vault.ts'

/** By person: the grants that count now. Whoever has none is missing. */
export function createGrantReader(accounts: AccountStore, site: SiteStore, now: () => Date): (personIds: string[]) => Promise<Map<string, Grant[]>> {
  return async (personIds) => {
    const held = await accounts.heldBy(personIds)
    const ofAccounts = [...held.values()].some((standings) => standings.some(({ account }) => account !== null))
    const rule = ofAccounts ? (await site.setting('security')).value.secondFactor : 'nobody'
    const at = now().toISOString()
    return new Map([...held].map(([personId, standings]) => [personId, standings.filter((standing) => counts(standing, at, rule)).map(({ grant }) => grant)]))
  }
}

/** Who is who in the sessions: own identity, links, teams, and the operator's own grants. */
export function createAccounts(deps: {
  database: Database
  access: Access
  signer: Signer
  vault: Vault
  publicUrl: string
  commit: CommitToSession
  site: SiteStore
  guestsOf: (sessionId: string) => Promise<Guest[] | null>
  residentOf: (personId: string) => Promise<Pick<Me, 'verified' | 'consented'>>
  forget: (personId: string) => void
  now: () => Date
}) {
  const { database, access, signer, vault, publicUrl, commit, site, guestsOf, residentOf, forget, now } = deps
  const read = createAccountStore(database.read)
  const links = createLinkStore(database.read)
  const writing = <T>(work: (stores: LinkStores) => Promise<T>) =>
    database.transact((tx) =>
      work({ now: now().toISOString(), accounts: createAccountStore(tx), links: createLinkStore(tx), signIns: createSignInStore(tx, vault), rights: createRightsStore(tx), audit: createAuditStore(tx) }),
    )

  return {
    accounts: createAccountService({ access, read, writing, security: async () => (await site.setting('security')).value, residentOf, guestsOf, forget, now }),
    links: createLinkService({ access, signer, publicUrl, read: links, guestsOf, commit, forget, now }),
    // A whole hall may come in behind one address; nobody guesses a signature.
    opening: createLinkOpening({ signer, read: links, commit, writing, limit: createRateLimiter(120, 60), forget }),
    team: createTeamService({ access, read, commit, forget }),
    operator: createOperator({ writing, now, forget }),
    rightsFeed: {
      changesSince: createRightsStore(database.read).since,
      expiredSignIns: createSignInStore(database.read, vault).expired,
      present: createSignInStore(database.read, vault).present,
      expiredGrants: links.expired,
      touch: (ids, at) => writing(({ signIns }) => signIns.touch(ids, at)),
      tidy: (before) =>
        writing(async ({ rights, signIns }) => {
          await rights.removeBefore(before)
          await signIns.removeExpired(before)
        }),
    } satisfies RightsFeed,
  }
}
