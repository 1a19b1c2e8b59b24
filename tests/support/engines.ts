import { beforeAll, describe } from 'vitest'
import type { Database } from '../../server/db/database.ts'
import { openTestDatabase } from './core.ts'
import { startPostgres } from './postgres.ts'
import type { Postgres } from './postgresServer.ts'

export type Engine = {
  name: 'sqlite' | 'postgres'
  /** A fresh database. */
  open: () => Promise<Database>
  /** Environment of a server over a fresh database of this engine. */
  env: () => Promise<Record<string, string>>
}

/** Declares the same tests for both engines; PostgreSQL is started once for the file. */
export function onBothEngines(tests: (engine: Engine) => void): void {
  describe('on SQLite', () => tests({ name: 'sqlite', open: () => openTestDatabase(), env: async () => ({}) }))
  describe('on PostgreSQL', () => {
    let postgres: Postgres
    beforeAll(async () => {
      postgres = await startPostgres()
    })
    tests({
      name: 'postgres',
      open: async () => openTestDatabase(await postgres.createDatabase()),
      env: async () => ({ DATABASE_URL: await postgres.createDatabase() }),
    })
  })
}
