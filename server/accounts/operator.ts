import type { Grant } from '../../shared/accounts.ts'
import type { RightsStore } from './rights.ts'
import type { AccountStore } from './store.ts'

const operatorGrant = (number: number, role: Grant['role']): Grant => ({ id: `00000000-0000-4000-8000-00000000000${number}`, sessionId: null, role, guestId: null, name: '', accountId: null })

/**
 * What the link that is printed at the terminal stands for, where this is not production: host of every session, and administrator. Known beforehand, so that several
 * processes which start at once make one and the same. No secret: links are signed.
 */
export const OPERATOR: readonly [host: Grant, admin: Grant] = [operatorGrant(1, 'host'), operatorGrant(2, 'admin')]
export const isOperator = (grantId: string) => OPERATOR.some(({ id }) => id === grantId)

type Stores = { accounts: AccountStore; rights: RightsStore }

/** Makes the operator's grants, or takes them from everybody: in production nobody runs the place by a link. */
export function createOperator(deps: { writing: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>; now: () => Date; forget: (personId: string) => void }) {
  const { writing, now, forget } = deps
  async function allow(): Promise<void> {
    await writing(async ({ accounts }) => {
      for (const grant of OPERATOR) {
        await accounts.insertGrant(grant, now().toISOString())
        await accounts.restore(grant.id)
      }
    })
  }

  return {
    allow,
    /** Somebody has them without a link: the demonstration is played by a person of its own. */
    async give(personId: string): Promise<void> {
      await allow()
      await writing(async ({ accounts }) => {
        for (const { id } of OPERATOR) await accounts.hold(personId, id, now().toISOString())
      })
      forget(personId)
    },
    async refuse(): Promise<void> {
      const at = now().toISOString()
      const people = await writing(async ({ accounts, rights }) => {
        const losing = new Set<string>()
        for (const { id } of OPERATOR) for (const personId of await accounts.revoke(id, at)) losing.add(personId)
        for (const personId of losing) await rights.shrank(personId, 'revoked', at)
        return losing
      })
      for (const personId of people) forget(personId)
    },
  }
}
