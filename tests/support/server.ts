import { join } from 'node:path'
import { onCleanup } from './cleanup.ts'
import { freePort } from './freePort.ts'
import { temporaryDirectory } from './program.ts'
import { runProgram } from './run.ts'
import { until } from './until.ts'

const ROOT = join(import.meta.dirname, '../..')

export type StartOptions = {
  /** On top of the defaults below; an empty string takes a variable away. */
  env?: Record<string, string>
  /** Seed the demonstration interview (takes some seconds). Off: an empty database. */
  demonstration?: boolean
  /** Start mediasoup workers; MEDIASOUP_WORKER_BIN is taken from the environment of the tests. Off: MEDIA_WORKERS=0, and media requests are refused. */
  media?: boolean
}

/** Sign-in links as printed for the person at the terminal; resident and guest only with the demonstration. `host` is empty in production, where nobody has one. */
type Links = { host: string; resident: string | null; guest: string | null }

export type TestServer = {
  /** Origin, no trailing slash: http://127.0.0.1:PORT */
  url: string
  port: number
  dataDir: string
  links: Links
  /** Of the present process. */
  pid: () => number
  running: () => boolean
  /** Log and output of the present process. */
  output: () => string
  /** Ends the process with `signal` (SIGKILL unless given: nothing is said goodbye) and waits until it is gone. */
  kill: (signal?: NodeJS.Signals) => Promise<void>
  /** Starts it again on the same port with the same data, killing it first when it runs. */
  restart: () => Promise<void>
}

const STARTING_MS = 40_000

function linkIn(output: string, label: string): string | null {
  return new RegExp(`^ {2}\\S+ ${label} +(http\\S+)$`, 'm').exec(output)?.[1] ?? null
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
}

/**
 * `node server/main.ts` as a process of its own, on a free port with its own DATA_DIR. Resolves when it has printed its links and `/readyz` says yes;
 * ended and removed at clean-up.
 * @throws with its output when it ends or is not ready in time
 */
export async function startServer({ env = {}, demonstration = false, media = false }: StartOptions = {}): Promise<TestServer> {
  const [port, dataDir] = await Promise.all([freePort(), temporaryDirectory('data')])
  const url = `http://127.0.0.1:${port}`
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    NODE_ENV: 'development',
    DEMONSTRATION: String(demonstration),
    DELIVER_TO_LOOPBACK: String(demonstration),
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    MEDIA_PORT: '0',
    MEDIA_LISTEN_IP: '127.0.0.1',
    MEDIA_WORKERS: media ? '1' : '0',
    ...(process.env['MEDIASOUP_WORKER_BIN'] ? { MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'] } : {}),
    ...env,
  }
  const run = () => runProgram(process.execPath, ['server/main.ts'], { cwd: ROOT, env: environment })
  let program = run()
  onCleanup(() => program.stop('SIGKILL'))

  async function ready(): Promise<Links> {
    const ended = () => {
      if (!program.running()) throw new Error(`the server ended:\n${program.output()}`)
    }
    await until(() => (ended(), program.output().includes(`\nFangtan  ${environment['PUBLIC_URL']}\n`)), 'the server to greet', STARTING_MS)
    const host = linkIn(program.output(), 'host') ?? ''
    await until(() => (ended(), isReady(url)), 'the server to be ready', STARTING_MS)
    return { host, resident: linkIn(program.output(), 'resident'), guest: linkIn(program.output(), 'guest') }
  }

  const links = await ready()
  return {
    url,
    port,
    dataDir,
    links,
    pid: () => program.pid,
    running: () => program.running(),
    output: () => program.output(),
    kill: (signal = 'SIGKILL') => program.stop(signal),
    async restart() {
      await program.stop('SIGKILL')
      program = run()
      await ready()
    },
  }
}
