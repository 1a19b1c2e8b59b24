import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'
import { configureConnection } from './sqliteConnection.ts'
import type { WorkerRequest, WorkerResponse } from './sqliteWorker.ts'

type Pending = { resolve: (response: { rows: unknown[]; changes: number }) => void; reject: (error: Error) => void }

/** One SQLite connection in a thread of its own; requests are answered in order. */
function createWorkerConnection(file: string): { connection: DatabaseConnection; close: () => Promise<void> } {
  const worker = new Worker(new URL('./sqliteWorker.ts', import.meta.url), { workerData: { file } })
  const pending = new Map<number, Pending>()
  let nextId = 0
  let failure: Error | null = null
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.on('message', (response: WorkerResponse) => {
    const waiting = pending.get(response.id)
    pending.delete(response.id)
    if ('error' in response) waiting?.reject(Object.assign(new Error(response.error), { code: response.code }))
    else waiting?.resolve(response)
  })
  const fail = (error: Error) => {
    failure = error
    for (const waiting of pending.values()) waiting.reject(error)
    pending.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the database thread ended')))
  return {
    connection: {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        if (failure) throw failure
        const id = ++nextId
        const response = await new Promise<{ rows: unknown[]; changes: number }>((resolve, reject) => {
          pending.set(id, { resolve, reject })
          worker.postMessage({ id, sql, parameters: parameters as SQLInputValue[] } satisfies WorkerRequest)
        })
        return { rows: response.rows as R[], numAffectedRows: BigInt(response.changes) }
      },
      // Kysely asks for a generator; nothing in Fangtan streams from SQLite.
      streamQuery() {
        throw new Error('streaming is not offered by the embedded database')
      },
    },
    async close() {
      worker.postMessage('close')
      await exited
    },
  }
}

/** Kysely's driver over the writer's thread: one connection, handed out to one user at a time, so that a transaction is never interleaved. */
function createWriterDriver(file: string): Driver {
  let opened: ReturnType<typeof createWorkerConnection> | null = null
  let free: Promise<void> = Promise.resolve()
  let release: () => void = () => {}
  return {
    async init() {
      opened = createWorkerConnection(file)
    },
    async acquireConnection() {
      if (!opened) throw new Error('the database is not open')
      const before = free
      const { promise, resolve } = Promise.withResolvers<void>()
      free = promise
      await before
      release = resolve
      return opened.connection
    },
    async beginTransaction(connection) {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'))
    },
    async commitTransaction(connection) {
      await connection.executeQuery(CompiledQuery.raw('commit'))
    },
    async rollbackTransaction(connection) {
      await connection.executeQuery(CompiledQuery.raw('rollback'))
    },
    async releaseConnection() {
      release()
    },
    async destroy() {
      await opened?.close()
    },
  }
}

/** SQLite takes back what a transaction did to the schema, too; Kysely does not count on it. Without, a start that is killed while it migrates leaves half a schema behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Writes, in a thread of their own. */
export function sqliteWriterDialect(file: string): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => createWriterDriver(file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** Reads, on the calling thread: they never wait for the disk, and a message to another thread would cost more than most of them. */
export function sqliteReaderDialect(file: string): Dialect {
  const database = new DatabaseSync(file)
  configureConnection(database)
  database.exec('PRAGMA query_only = ON')
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql)
        const values = (parameters: ReadonlyArray<unknown>) => parameters as SQLInputValue[]
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...values(parameters)),
          run: (parameters) => statement.run(...values(parameters)),
          iterate: (parameters) => statement.iterate(...values(parameters)),
        }
      },
    },
  })
}
