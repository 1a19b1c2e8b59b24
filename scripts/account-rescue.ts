import { parseArgs } from 'node:util'
import { createSigner } from '../server/accounts/tokens.ts'
import { ConfigError, readConfig } from '../server/config.ts'
import { createCore } from '../server/core.ts'
import { openDatabase } from '../server/db/database.ts'
import { RefusedError } from '../shared/protocol/errors.ts'
import type { ErrorCode } from '../shared/protocol/errors.ts'

/**
 * `npm run account:rescue -- USERNAME [--second-factor]`: prints a link by which the password of an account is chosen anew, for the case that no administrator can
 * sign in any more; with `--second-factor`, the account's second factor is taken away, too. For whoever runs the machine: it reads the environment of the server
 * (`.env`), works on its database, and may run beside it. Exit 0 done, 1 there is no such account or it is disabled, 2 wrong arguments or configuration.
 */
const USAGE = 'usage: npm run account:rescue -- USERNAME [--second-factor]'

const REFUSED: Partial<Record<ErrorCode, string>> = { not_found: 'there is no such account', wrong_state: 'this account is disabled' }

type Wish = { username: string; secondFactor: boolean }

function read(): Wish | null {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'second-factor': { type: 'boolean' } } })
    const [username] = positionals
    return username && positionals.length === 1 ? { username: username.trim().toLowerCase(), secondFactor: values['second-factor'] ?? false } : null
  } catch {
    return null
  }
}

async function rescue({ username, secondFactor }: Wish): Promise<string> {
  const { secret, publicUrl, ...config } = readConfig()
  const database = await openDatabase(config)
  try {
    const core = createCore({ database, signer: createSigner(secret), secret, publicUrl, now: () => new Date(), committed: () => {}, watching: () => 0 })
    return await core.staff.rescue(username, { secondFactor })
  } finally {
    await database.close()
  }
}

const wish = read()
try {
  if (wish) process.stdout.write(`${await rescue(wish)}\n`)
  else {
    process.stderr.write(`${USAGE}\n`)
    process.exitCode = 2
  }
} catch (error) {
  const refused = error instanceof RefusedError ? REFUSED[error.refusal.code] : undefined
  if (!refused && !(error instanceof ConfigError)) throw error
  process.stderr.write(`${refused ?? (error as ConfigError).message}\n`)
  process.exitCode = refused ? 1 : 2
}
