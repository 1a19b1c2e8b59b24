import type { HealthPart, Storage, Work } from '../../shared/administration.ts'
import type { SiteSettings } from '../../shared/site.ts'
import type { Access } from '../accounts/access.ts'
import { nextRun } from '../jobs/rules.ts'
import type { JobStore } from '../jobs/store.ts'
import { databaseHealth, httpsHealth, mediaHealth, oidcHealth, privacyHealth, redisHealth, smsHealth, storageHealth, turnHealth } from './rules.ts'
import type { SystemStore } from './store.ts'

/** How long one look at everything serves, in milliseconds: however many look, others' servers are not asked more often. */
const REMEMBERED = 2_000
const JOBS = ['retention', 'upkeep'] as const

/** What is asked of the machine and its surroundings, each as of now. */
export type Probes = {
  /** @throws when it does not answer */
  database: () => Promise<void>
  /** null: there is none */
  redis: () => boolean | null
  media: () => { wanted: number; running: number }
  /** By address of TURN_URLS; milliseconds, or null for no answer. */
  turn: () => Promise<{ url: string; ms: number | null }[]>
  turnSecret: boolean
  disk: () => Promise<{ free: number; total: number } | null>
  databaseBytes: () => Promise<number>
  /** Whether an OpenID Connect provider describes itself at its issuer's address. */
  describesItself: (issuer: string) => Promise<boolean>
}

export type SystemService = ReturnType<typeof createSystemService>

/** How the machine and what it depends on stand, for whoever looks after them. */
export function createSystemService(deps: {
  access: Access
  probes: Probes
  engine: Storage['engine']
  store: SystemStore
  jobs: Pick<JobStore, 'last'>
  identity: () => Promise<SiteSettings['identity']>
  notice: () => Promise<{ version: number } | null>
  publicUrl: string
  production: boolean
}) {
  const { access, probes, engine, store, jobs, identity, notice, publicUrl, production } = deps
  let remembered: { parts: Promise<HealthPart[]>; until: number } | null = null

  async function ping(): Promise<number | null> {
    const started = performance.now()
    return probes.database().then(
      () => Math.round(performance.now() - started),
      () => null,
    )
  }

  async function look(): Promise<HealthPart[]> {
    const ms = await ping()
    const [turn, disk] = await Promise.all([probes.turn(), probes.disk()])
    const { wanted, running } = probes.media()
    const parts: HealthPart[] = [
      { part: 'database', ...databaseHealth(engine, ms) },
      { part: 'redis', ...redisHealth(probes.redis()) },
      { part: 'media', ...mediaHealth(wanted, running) },
      { part: 'turn', ...turnHealth(turn, probes.turnSecret) },
      { part: 'storage', ...storageHealth(disk) },
      { part: 'https', ...httpsHealth(publicUrl, production) },
    ]
    // What else there is to say stands in the database.
    if (ms === null) return parts
    const [{ sms, providers }, published] = await Promise.all([identity(), notice()])
    const answering = await Promise.all(providers.map(async ({ name, issuer }) => ({ name, answers: await probes.describesItself(issuer) })))
    return [...parts, { part: 'sms', ...smsHealth(sms.kind, production) }, { part: 'oidc', ...oidcHealth(answering) }, { part: 'privacy', ...privacyHealth(published) }]
  }

  return {
    /** @throws RefusedError `forbidden` */
    async health(personId: string): Promise<HealthPart[]> {
      await access.require(personId, null, 'system.view')
      if (remembered && remembered.until > performance.now()) return remembered.parts
      const entry = { parts: look(), until: performance.now() + REMEMBERED }
      remembered = entry
      entry.parts.catch(() => remembered === entry && (remembered = null))
      return entry.parts
    },

    /** @throws RefusedError `forbidden` */
    async storage(personId: string): Promise<Storage> {
      await access.require(personId, null, 'system.view')
      const [database, pictures, rows, disk] = await Promise.all([probes.databaseBytes(), store.pictures(), store.rows(), probes.disk()])
      return { engine, database, pictures, free: disk?.free ?? null, rows }
    },

    /** @throws RefusedError `forbidden` */
    async work(personId: string): Promise<Work> {
      await access.require(personId, null, 'system.view')
      const [deliveries, last] = await Promise.all([store.deliveries(), Promise.all(JOBS.map((job) => jobs.last(job)))])
      return {
        deliveries,
        jobs: JOBS.map((name, at) => {
          const run = last[at] ?? null
          return { name, lastAt: run?.at ?? null, nextAt: run && new Date(nextRun(run)).toISOString(), outcome: run?.outcome ?? null, detail: run?.detail ?? {} }
        }),
      }
    },
  }
}
