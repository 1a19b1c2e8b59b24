import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { loadEnvFile } from 'node:process'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const optional = z.string().min(1).optional()

const environmentSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: port.default(3000),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//).optional(),
  REDIS_URL: z.string().regex(/^rediss?:\/\//).optional(),
  MEDIA_LISTEN_IP: z.union([z.ipv4(), z.ipv6()]).default('0.0.0.0'),
  MEDIA_ANNOUNCED_ADDRESS: optional,
  MEDIA_PORT: port.default(44400),
  MEDIA_WORKERS: z.coerce.number().int().min(0).max(64).optional(),
  MEDIASOUP_WORKER_BIN: optional,
  TURN_URLS: z.string().optional(),
  TURN_SECRET: optional,
  SECRET: z.string().min(16).optional(),
  DELIVER_TO_LOOPBACK: z.stringbool().optional(),
  DEMONSTRATION: z.stringbool().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type MediaConfig = {
  listenIp: string
  announcedAddress: string | null
  /** First port; worker n listens on port + n, UDP and TCP. 0: any free ports (tests). */
  port: number
  workers: number
  workerBin: string | null
  turnUrls: string[]
  turnSecret: string | null
}

export type Config = {
  production: boolean
  port: number
  host: string
  /** Origin under which browsers reach the server, without a trailing slash. */
  publicUrl: string
  dataDir: string
  databaseUrl: string | null
  redisUrl: string | null
  secret: string
  logLevel: string
  /** Whether webhooks and push may lead to this machine itself, which trusts whoever asks from here. */
  deliverToLoopback: boolean
  /** Whether a first start fills the empty database with interviews to try things out on. */
  demonstration: boolean
  media: MediaConfig
}

/** Thrown for a value that cannot be used; its message is the one line for the person at the terminal. */
export class ConfigError extends Error {}

function readSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}

/**
 * The configuration from `environment` (after `.env`, which never overrides what is set).
 * @throws ConfigError naming the variable
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  if (environment === process.env && existsSync('.env')) loadEnvFile('.env')
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(set)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ConfigError(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  const env = parsed.data
  const dataDir = resolve(env.DATA_DIR)
  mkdirSync(dataDir, { recursive: true })
  if (env.REDIS_URL && !env.DATABASE_URL) throw new ConfigError('REDIS_URL: several processes need a shared database; set DATABASE_URL too')
  if (env.REDIS_URL && !env.SECRET) throw new ConfigError('SECRET: several processes need the same secret; set it (16 characters or more)')
  if (env.DEMONSTRATION && env.NODE_ENV === 'production') throw new ConfigError('DEMONSTRATION: not in production')
  return {
    production: env.NODE_ENV === 'production',
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    dataDir,
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    secret: env.SECRET ?? readSecret(dataDir),
    logLevel: env.LOG_LEVEL,
    demonstration: env.DEMONSTRATION ?? env.NODE_ENV !== 'production',
    deliverToLoopback: env.DELIVER_TO_LOOPBACK ?? env.NODE_ENV !== 'production',
    media: {
      listenIp: env.MEDIA_LISTEN_IP,
      announcedAddress: env.MEDIA_ANNOUNCED_ADDRESS ?? null,
      port: env.MEDIA_PORT,
      workers: env.MEDIA_WORKERS ?? Math.max(1, availableParallelism() - 1),
      workerBin: env.MEDIASOUP_WORKER_BIN ?? null,
      turnUrls: (env.TURN_URLS ?? '').split(',').map((url) => url.trim()).filter(Boolean),
      turnSecret: env.TURN_SECRET ?? null,
    },
  }
}
