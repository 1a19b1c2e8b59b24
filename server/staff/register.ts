import { randomBytes, randomUUID } from 'node:crypto'
import type { Access } from '../accounts/access.ts'
import { createRightsStore } from '../accounts/rights.ts'
import { createSignInStore } from '../accounts/signIns.ts'
import { createAccountStore } from '../accounts/store.ts'
import type { Vault } from '../accounts/vault.ts'
import { createAuditStore } from '../audit/store.ts'
import type { Database, Queries } from '../db/database.ts'
import { createRateLimiter } from '../realtime/limiter.ts'
import { createSiteStore } from '../site/store.ts'
import { createOwnAccountService } from './account.ts'
import type { StaffDeps, StaffStores } from './deps.ts'
import { createTickets } from './entering.ts'
import { createInvitationStore } from './invitationStore.ts'
import { createInvitationService } from './invitations.ts'
import { createPasswords } from './passwords.ts'
import type { Cost } from './passwords.ts'
import { createPeopleService } from './people.ts'
import { createProving } from './proving.ts'
import { createResetting } from './resetting.ts'
import { createSecondFactorService } from './secondFactor.ts'
import { createSetupService } from './setup.ts'
import { createSigningService } from './signing.ts'
import { createStaffStore } from './store.ts'
import { createInvitationTokens } from './tokens.ts'

export type Staff = ReturnType<typeof createStaff>

const QUARTER = 15 * 60

/** Accounts of staff: signing in, one's own account, invitations, the first set-up, administering. */
export function createStaff({
  database,
  access,
  vault,
  publicUrl,
  forget,
  passwordCost,
  now,
}: {
  database: Database
  access: Access
  vault: Vault
  publicUrl: string
  forget: (personId: string) => void
  passwordCost: Cost
  now: () => Date
}) {
  const storesOf = (db: Queries): StaffStores => ({
    staff: createStaffStore(db),
    invitations: createInvitationStore(db),
    signIns: createSignInStore(db, vault),
    grants: createAccountStore(db),
    rights: createRightsStore(db),
    audit: createAuditStore(db),
    site: createSiteStore(db),
  })
  const deps: StaffDeps = {
    read: storesOf(database.read),
    transact: (work) => database.transact((tx) => work(storesOf(tx))),
    access,
    forget,
    vault,
    passwords: createPasswords(passwordCost),
    publicUrl,
    now,
    newId: randomUUID,
    random: randomBytes,
  }
  const proving = createProving(deps)
  const tickets = createTickets(deps)
  const tokens = createInvitationTokens(deps)
  const resetting = createResetting({ ...deps, tokens })
  return {
    // A county hall signs in at nine behind one address; each of them twice with a code. Whoever tries many names from one place is done after these.
    signing: createSigningService({ ...deps, proving, tickets, limit: createRateLimiter(120, QUARTER) }),
    account: createOwnAccountService({ ...deps, proving }),
    secondFactor: createSecondFactorService({ ...deps, proving }),
    invitations: createInvitationService({ ...deps, tickets, tokens, limit: createRateLimiter(60, QUARTER) }),
    setup: createSetupService({ ...deps, tokens, limit: createRateLimiter(20, QUARTER) }),
    people: createPeopleService({ ...deps, resetting }),
    rescue: resetting.rescue,
  }
}
