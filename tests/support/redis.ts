import { createClient } from 'redis'
import { onCleanup } from './cleanup.ts'
import { freePort } from './freePort.ts'
import { temporaryDirectory } from './program.ts'
import { runProgram } from './run.ts'
import type { Program } from './run.ts'
import { until } from './until.ts'

export type RedisServer = {
  /** REDIS_URL */
  url: string
  /** Kills it: every connection breaks at once and new ones are refused. */
  stop: () => Promise<void>
  /** Starts it again on the same port, empty. */
  start: () => Promise<void>
}

async function answers(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 1_000 } })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    if (client.isOpen) client.destroy()
  }
}

/** A real Redis of this test's own, on a free port, without persistence; ended at clean-up. */
export async function startRedis(): Promise<RedisServer> {
  const [port, directory] = await Promise.all([freePort(), temporaryDirectory('redis')])
  const url = `redis://127.0.0.1:${port}`
  let server: Program | undefined

  async function start(): Promise<void> {
    const started = runProgram('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory])
    server = started
    await until(() => {
      if (!started.running()) throw new Error(`redis-server did not start (apt-get install redis-server when it is missing):\n${started.output()}`)
      return answers(url)
    }, 'Redis to answer')
  }

  onCleanup(() => server?.stop('SIGKILL'))
  await start()
  return { url, start, stop: async () => server?.stop('SIGKILL') }
}
