import { once } from 'node:events'
import pino from 'pino'
import { createApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import type { Config } from './config.ts'
import { greeting } from './greeting.ts'

/** Time for open requests to end before the process does, in milliseconds. */
const GRACE = 5_000
/** A second signal within this many milliseconds is an echo of the first; after it, it means at once. */
const REPEAT = 1_000

function configuration(): Config {
  try {
    return readConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

const config = configuration()
const log = pino({
  level: config.logLevel,
  // Secrets have no business in a log, wherever an error object may carry them.
  redact: { paths: ['req.headers.cookie', 'err.headers', 'err.config', '*.secret', '*.token'], remove: true },
})

const app = await createApp(config, log).catch((error: unknown) => {
  log.fatal({ err: error }, 'cannot start')
  process.exit(1)
})

app.http.listen(config.port, config.host)
await once(app.http, 'listening').catch((error: NodeJS.ErrnoException) => {
  process.stderr.write(error.code === 'EADDRINUSE' ? `PORT: ${config.port} is in use by another program; choose another, for example PORT=3001 npm start\n` : `${error.message}\n`)
  process.exit(1)
})

process.stdout.write(await greeting(app, config))

let stoppingSince = 0
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stoppingSince > 0) {
      // A terminal sends Ctrl+C to the whole group, and a parent passes it on: the same wish, twice.
      if (Date.now() - stoppingSince > REPEAT) process.exit(1)
      return
    }
    stoppingSince = Date.now()
    setTimeout(() => process.exit(1), GRACE).unref()
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  })
}
