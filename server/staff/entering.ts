import type { OpenedSignIn } from '../accounts/signIns.ts'
import type { AuditActor } from '../audit/rules.ts'
import type { Caller, StaffDeps, StaffStores } from './deps.ts'
import { NO_GUESSES } from './guessing.ts'
import type { Account } from './rules.ts'

/** Between the password and the code, in milliseconds. */
const TICKET_SERVES = 5 * 60_000
const PURPOSE = 'sign-in ticket'

export const actorOf = (account: Pick<Account, 'id' | 'name'>, { address }: Pick<Caller, 'address'>): AuditActor => ({ actor: account.name, actorId: account.id, address })

/** Signs this browser in, always under a new token: whatever it had before ends. In the transaction of the act that led here. */
export async function enter({ staff, signIns, audit }: StaffStores, account: Account, caller: Caller, by: 'password' | 'authenticator' | 'recovery' | 'invite' | 'reset' | 'setup', at: string): Promise<OpenedSignIn> {
  await staff.update(account.id, { ...NO_GUESSES, signedInAt: at })
  await audit.append({ ...actorOf(account, caller), action: 'sign_in', subject: account.name, detail: { by, device: caller.device } }, at)
  return signIns.open({ personId: account.id, kind: 'staff', address: caller.address, device: caller.device, replaces: caller.signInId }, at)
}

/** What shows in the second step that the first was passed: void after five minutes, and once the password is another. */
export function createTickets({ vault, now }: Pick<StaffDeps, 'vault' | 'now'>) {
  const proof = (account: Pick<Account, 'password'>) => vault.digest(PURPOSE, account.password)
  return {
    issue: (account: Account): string => vault.seal(PURPOSE, JSON.stringify({ id: account.id, until: now().getTime() + TICKET_SERVES, proof: proof(account) })),
    /** @returns the account's id, and whether the ticket still fits it; null: forged or too old */
    open(ticket: string): { id: string; fits: (account: Pick<Account, 'password'>) => boolean } | null {
      const opened = vault.open(PURPOSE, ticket)
      if (opened === null) return null
      const kept = JSON.parse(opened) as { id: string; until: number; proof: string }
      return kept.until > now().getTime() ? { id: kept.id, fits: (account) => proof(account) === kept.proof } : null
    },
  }
}
export type Tickets = ReturnType<typeof createTickets>
