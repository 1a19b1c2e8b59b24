import type { AccountStore } from '../accounts/store.ts'

/** Seats of those who may host a session: their grants'. */
export async function hostSeats(accounts: Pick<AccountStore, 'grantsOfSession'>, sessionId: string): Promise<string[]> {
  const grants = [...(await accounts.grantsOfSession(sessionId)), ...(await accounts.grantsOfSession(null))]
  return grants.filter((grant) => grant.role === 'host').map((grant) => grant.id)
}
