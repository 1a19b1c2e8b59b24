import { join } from 'node:path'
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Transaction } from 'kysely'
import { Pool } from 'pg'
import { migrations } from './migrations.ts'
import type { Schema } from './schema.ts'
import { sqliteReaderDialect, sqliteWriterDialect } from './sqlite.ts'

/** What a store works on: the reader, or a transaction. */
export type Queries = Kysely<Schema> | Transaction<Schema>

/** One durable store behind two engines. */
export type Database = {
  engine: 'sqlite' | 'postgres'
  /** Sees everything that was committed. */
  read: Kysely<Schema>
  /** Resolves once the work is durable; a throw inside takes all of it back. Work on one session is serialised by locking its row first (see sessions/commit.ts). */
  transact: <T>(work: (transaction: Transaction<Schema>) => Promise<T>) => Promise<T>
  /** Reads all of `work` from one moment. Nothing inside may use `read`: the embedded engine has one reading connection, and it is taken. */
  consistent: <T>(work: (transaction: Transaction<Schema>) => Promise<T>) => Promise<T>
  /** Changes when the database is another one (restored, replaced): what clients remember of sequences is then void. */
  epoch: string
  /**
   * After much was deleted: takes it out of the embedded engine's log of changes, too. `whole`: rewrites the file, which stops writers meanwhile, for what earlier releases deleted without
   * overwriting it. PostgreSQL looks after its files itself.
   */
  scrub: (whole?: boolean) => Promise<void>
  /** @throws when the database does not answer */
  ping: () => Promise<void>
  close: () => Promise<void>
}

const POOL_SIZE = 10
const SCRUB_ATTEMPTS = 10
/** Milliseconds. */
const SCRUB_PAUSE = 50

/** Several processes that start at once must not migrate together; Kysely takes a lock on PostgreSQL, `begin immediate` around the whole of it serves on SQLite. */
async function migrate(writer: Kysely<Schema>): Promise<void> {
  const { error } = await new Migrator({ db: writer, provider: migrations }).migrateToLatest()
  if (error) throw error instanceof Error ? error : new Error('the migration failed', { cause: error })
}

async function finish(engine: Database['engine'], reader: () => Kysely<Schema>, writer: Kysely<Schema>): Promise<Database> {
  await migrate(writer)
  const read = reader()
  const { value: epoch } = await read.selectFrom('meta').select('value').where('key', '=', 'epoch').executeTakeFirstOrThrow()
  return {
    engine,
    read,
    transact: (work) => writer.transaction().execute(work),
    consistent: (work) => (engine === 'postgres' ? read.transaction().setIsolationLevel('repeatable read').execute(work) : read.transaction().execute(work)),
    epoch,
    async scrub(whole = false) {
      if (engine === 'postgres') return
      if (whole) await sql`vacuum`.execute(writer)
      for (let attempt = 0; attempt < SCRUB_ATTEMPTS; attempt++) {
        const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(writer)
        if (rows[0]?.busy === 0) return
        // A reader is at what was before; none stays there long.
        await new Promise((resolve) => setTimeout(resolve, SCRUB_PAUSE))
      }
    },
    async ping() {
      await sql`select 1`.execute(read)
    },
    async close() {
      if (read !== writer) await read.destroy()
      await writer.destroy()
    },
  }
}

/**
 * Opens and migrates: PostgreSQL when `databaseUrl` is given, else SQLite in `dataDir`.
 * @throws when it cannot be reached or migrated
 */
export async function openDatabase(options: { databaseUrl: string | null; dataDir: string }): Promise<Database> {
  const plugins = [new CamelCasePlugin()]
  if (options.databaseUrl) {
    const pool = new Pool({ connectionString: options.databaseUrl, max: POOL_SIZE, connectionTimeoutMillis: 5_000 })
    // An idle connection that the server drops emits an error; the pool replaces it by itself, and an unhandled event would end the process.
    pool.on('error', () => {})
    // The pool listens only to idle connections. One in use that breaks between two queries of a transaction would end the process; here the next query fails instead.
    pool.on('connect', (client) => client.on('error', () => {}))
    const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), plugins })
    return finish('postgres', () => db, db)
  }
  const file = join(options.dataDir, 'fangtan.sqlite')
  const writer = new Kysely<Schema>({ dialect: sqliteWriterDialect(file), plugins })
  return finish('sqlite', () => new Kysely<Schema>({ dialect: sqliteReaderDialect(file), plugins }), writer)
}
