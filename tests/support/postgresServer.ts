import { execFileSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { runProgram } from './run.ts'
import type { Program } from './run.ts'
import { until } from './until.ts'

export type Postgres = {
  /** A new, empty database. @returns its DATABASE_URL */
  createDatabase: () => Promise<string>
  /** Ends the server as a power cut would (SIGQUIT, no shutdown checkpoint). */
  stop: () => Promise<void>
  /** Starts it again after {@link stop}, with the same data on the same port. */
  start: () => Promise<void>
}

const BASE = '/usr/lib/postgresql'

/** Where Debian keeps the newest installed server's programs. */
async function binaries(): Promise<string> {
  const versions = (await readdir(BASE).catch(() => [])).sort((a, b) => Number(b) - Number(a))
  if (!versions[0]) throw new Error(`PostgreSQL is needed for this test and not installed under ${BASE}: apt-get install postgresql`)
  return join(BASE, versions[0], 'bin')
}

/** PostgreSQL refuses to run as root, so root lends it the user that the package made. */
async function unprivileged(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (!uid || !gid) throw new Error('PostgreSQL refuses to run as root and there is no user "postgres"')
  return { uid: Number(uid), gid: Number(gid) }
}

const ready = async (url: string) => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end()
  }
}

/** An empty PostgreSQL server in `directory` on `port`. The caller ends it. @param durable with fsync */
export async function launchPostgres(directory: string, port: number, durable: boolean): Promise<Postgres> {
  const [bin, user] = await Promise.all([binaries(), unprivileged()])
  if (user) chownSync(directory, user.uid, user.gid)
  const data = join(directory, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'fangtan', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { ...user, cwd: directory, stdio: 'pipe' })
  const url = (database: string) => `postgres://fangtan@127.0.0.1:${port}/${database}`
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'shared_buffers=32MB']
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  let server: Program | undefined
  let databases = 0

  async function start(): Promise<void> {
    const started = runProgram(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], { ...user, cwd: directory })
    server = started
    await until(async () => {
      if (!started.running()) throw new Error(`PostgreSQL did not start:\n${started.output()}`)
      return ready(url('postgres'))
    }, 'PostgreSQL to accept connections', 30_000)
  }

  await start()
  return {
    async createDatabase() {
      const name = `test_${++databases}`
      const client = new Client({ connectionString: url('postgres') })
      // Ending the server ends this connection too, perhaps before we do.
      client.on('error', () => undefined)
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return url(name)
    },
    stop: async () => server?.stop('SIGQUIT'),
    start,
  }
}
