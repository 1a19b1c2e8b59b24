import { once } from 'node:events'
import { pino } from 'pino'
import { createApp } from '../../server/app.ts'
import type { App } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { onCleanup } from './cleanup.ts'
import { freePort } from './freePort.ts'
import { temporaryDirectory } from './program.ts'

/** A thousandth of the work: what is tested is what becomes of a password, not how long it takes. */
const LIGHT_PASSWORDS = { log: 5, r: 8, p: 3 }

export type TestApp = {
  /** Origin, no trailing slash. */
  url: string
  app: App
  now: () => Date
  /** Moves the clock of everything that is kept, in milliseconds. Rate limits keep their own time. */
  pass: (ms: number) => void
}

/** The server within this process, as production has it, over a fresh database, with a clock that can be moved. Closed at clean-up. */
export async function openApp(env: Record<string, string> = {}): Promise<TestApp> {
  const [port, dataDir] = await Promise.all([freePort(), temporaryDirectory('app')])
  const url = `http://127.0.0.1:${port}`
  const config = readConfig({ NODE_ENV: 'production', DATA_DIR: dataDir, MEDIA_WORKERS: '0', MEDIA_PORT: '0', SECRET: 'a secret for the tests', PUBLIC_URL: url, ...env })
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const app = await createApp(config, pino({ level: 'silent' }), { now, passwordCost: LIGHT_PASSWORDS })
  onCleanup(() => app.close())
  app.http.listen(port, '127.0.0.1')
  await once(app.http, 'listening')
  return { url, app, now, pass: (ms) => void (ahead += ms) }
}
