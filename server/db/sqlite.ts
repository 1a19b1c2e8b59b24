import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
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

/** One user at a time, in order of arrival, so that a transaction is never interleaved. */
function createQueue(): { enter: () => Promise<void>; leave: () => void } {
  let last: Promise<void> = Promise.resolve()
  let release: () => void = () => {}
  return {
    async enter() {
      const before = last
      const { promise, resolve } = Promise.withResolvers<void>()
      last = promise
      await before
      release = resolve
    },
    leave: () => release(),
  }
}

/** Kysely's driver over the writer's thread. */
function createWriterDriver(file: string): Driver {
  let opened: ReturnType<typeof createWorkerConnection> | null = null
  const queue = createQueue()
  return {
    async init() {
      opened = createWorkerConnection(file)
    },
    async acquireConnection() {
      if (!opened) throw new Error('the database is not open')
      await queue.enter()
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
      queue.leave()
    },
    async destroy() {
      await opened?.close()
    },
  }
}

class Adapter extends SqliteAdapter {
  /** SQLite takes back what a transaction did to the schema, too; Kysely does not count on it. Without, a start that is killed while it migrates leaves half a schema behind. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
  /** Our drivers see to it that the one connection has one user. Kysely's own lock wakes everybody who waits at each release: with thousands waiting that takes minutes. */
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

const dialect = (createDriver: () => Driver): Dialect => ({
  createAdapter: () => new Adapter(),
  createDriver,
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

/** Writes, in a thread of their own. */
export const sqliteWriterDialect = (file: string): Dialect => dialect(() => createWriterDriver(file))

/** Reads, on the calling thread: they never wait for the disk, and a message to another thread would cost more than most of them. */
export function sqliteReaderDialect(file: string): Dialect {
  const database = new DatabaseSync(file)
  configureConnection(database)
  database.exec('PRAGMA query_only = ON')
  const driver = new SqliteDriver({
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
  const queue = createQueue()
  return dialect(() => ({
    init: () => driver.init(),
    async acquireConnection() {
      await queue.enter()
      return driver.acquireConnection()
    },
    beginTransaction: (connection) => driver.beginTransaction(connection),
    commitTransaction: (connection) => driver.commitTransaction(connection),
    rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
    async releaseConnection() {
      queue.leave()
    },
    destroy: () => driver.destroy(),
  }))
}
