import { onCleanup } from './cleanup.ts'
import { freePort } from './freePort.ts'
import { launchPostgres } from './postgresServer.ts'
import type { Postgres } from './postgresServer.ts'
import { temporaryDirectory } from './program.ts'

/**
 * A real PostgreSQL server of this test's own, on a free port with an empty data directory; ended and removed at clean-up. Start one per file
 * (`beforeAll`) and take a fresh database per test: starting takes a second or two, a database some 50 ms.
 * @param durable with fsync, for tests that pull the plug
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const [directory, port] = await Promise.all([temporaryDirectory('postgres'), freePort()])
  const postgres = await launchPostgres(directory, port, durable)
  onCleanup(() => postgres.stop())
  return postgres
}
