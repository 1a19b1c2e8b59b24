import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { configureConnection } from './sqliteConnection.ts'

/** The writer's thread: every commit waits for the disk (synchronous=FULL), and that wait must not stop the main thread. */
export type WorkerRequest = { id: number; sql: string; parameters: SQLInputValue[] }
export type WorkerResponse = { id: number; rows: unknown[]; changes: number } | { id: number; error: string; code: string | undefined }

const STATEMENT_CACHE = 200

if (!parentPort) throw new Error('sqliteWorker runs as a worker thread')
const port = parentPort
const database = new DatabaseSync((workerData as { file: string }).file)
configureConnection(database)
const statements = new Map<string, StatementSync>()

function prepare(sql: string): StatementSync {
  const known = statements.get(sql)
  if (known) return known
  if (statements.size >= STATEMENT_CACHE) statements.clear()
  const statement = database.prepare(sql)
  statements.set(sql, statement)
  return statement
}

port.on('message', (request: WorkerRequest | 'close') => {
  if (request === 'close') {
    database.close()
    port.close()
    return
  }
  const { id, sql, parameters } = request
  try {
    const statement = prepare(sql)
    if (statement.columns().length > 0) {
      const rows = statement.all(...parameters)
      port.postMessage({ id, rows, changes: rows.length } satisfies WorkerResponse)
    } else {
      const { changes } = statement.run(...parameters)
      port.postMessage({ id, rows: [], changes: Number(changes) } satisfies WorkerResponse)
    }
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    port.postMessage({ id, error: message, code } satisfies WorkerResponse)
  }
})
