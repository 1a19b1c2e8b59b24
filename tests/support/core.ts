import { randomUUID } from 'node:crypto'
import type { Role } from '../../shared/accounts.ts'
import { createAccountStore } from '../../server/accounts/store.ts'
import { createSigner } from '../../server/accounts/tokens.ts'
import { createCore } from '../../server/core.ts'
import type { Core } from '../../server/core.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/database.ts'
import { onCleanup } from './cleanup.ts'
import { temporaryDirectory } from './program.ts'

const SECRET = 'a secret for the tests'

/** A database of this test's own: the embedded one in a new directory unless a `databaseUrl` is given. Closed at clean-up. */
export async function openTestDatabase(databaseUrl: string | null = null): Promise<Database> {
  const database = await openDatabase({ databaseUrl, dataDir: await temporaryDirectory('database') })
  onCleanup(() => database.close())
  return database
}

export type OpenedCore = {
  core: Core
  /** Every commit that was told to the fan-out, in order. */
  committed: { sessionId: string; seq: number }[]
  /** A new person who holds `role` in `sessionId`, as by its link; null with `host`: whoever runs the installation. */
  person: (role: Role, sessionId?: string | null) => Promise<string>
}

/** Every use case over `database`, without a network. `now` is the clock of commits. */
export function openCore(database: Database, now: () => Date = () => new Date()): OpenedCore {
  const committed: OpenedCore['committed'] = []
  const signer = createSigner(SECRET)
  const core = createCore({
    database,
    signer,
    secret: SECRET,
    publicUrl: 'http://localhost',
    now,
    committed: (sessionId, seq) => void committed.push({ sessionId, seq }),
    watching: () => 0,
  })
  return {
    core,
    committed,
    async person(role, sessionId = null) {
      const personId = randomUUID()
      if (role === 'participant') return personId
      if (sessionId === null && role === 'host') {
        await core.operator.give(personId)
        return personId
      }
      const grant = (await core.stores.accounts.grantsOfSession(sessionId)).find((candidate) => candidate.role === role)
      if (!grant) throw new Error(`nobody can be ${role} of ${sessionId}`)
      await database.transact((tx) => createAccountStore(tx).hold(personId, grant.id, now().toISOString()))
      return personId
    },
  }
}

/** Whose address nobody knows: votes from here are nobody's evidence of stuffing. */
export const NOWHERE = { address: '', userAgent: '' }
