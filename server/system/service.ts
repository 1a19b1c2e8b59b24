import type { HealthPart, Storage, Work } from '../../shared/administration.ts'
import type { SiteSettings } from '../../shared/site.ts'
import type { Access } from '../accounts/access.ts'
import { nextRun } from '../jobs/rules.ts'
import type { JobStore } from '../jobs/store.ts'
import { databaseHealth, fontsHealth, httpsHealth, mediaHealth, oidcHealth, privacyHealth, redisHealth, smsHealth, storageHealth, turnHealth } from './rules.ts'
import type { SystemStore } from './store.ts'

/** How long one look at everything serves, in milliseconds: however many look, others' servers are not asked more often. */
const REMEMBERED = 2_000
/** The same for what there is, which is counted row by row. */
const COUNTED = 10_000
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
  /** Whether Chinese can be written into pictures. */
  fonts: () => Promise<boolean>
  /** Whether an OpenID Connect provider describes itself at its issuer's address. */
  describesItself: (issuer: string) => Promise<boolean>
}

/** Answers with what `work` brought for so many milliseconds; however many ask meanwhile, it is done once. */
function remembering<T>(work: () => Promise<T>, lasting: number): () => Promise<T> {
  let last: { result: Promise<T>; until: number } | null = null
  return () => {
    if (last && last.until > performance.now()) return last.result
    const entry = { result: work(), until: performance.now() + lasting }
    last = entry
    entry.result.catch(() => last === entry && (last = null))
    return entry.result
  }
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
      { part: 'fonts', ...fontsHealth(await probes.fonts()) },
    ]
    // What else there is to say stands in the database.
    if (ms === null) return parts
    const [{ sms, providers }, published] = await Promise.all([identity(), notice()])
    const answering = await Promise.all(providers.map(async ({ name, issuer }) => ({ name, answers: await probes.describesItself(issuer) })))
    return [...parts, { part: 'sms', ...smsHealth(sms.kind, production) }, { part: 'oidc', ...oidcHealth(answering) }, { part: 'privacy', ...privacyHealth(published) }]
  }

  async function count(): Promise<Storage> {
    const [database, pictures, rows, disk] = await Promise.all([probes.databaseBytes(), store.pictures(), store.rows(), probes.disk()])
    return { engine, database, pictures, free: disk?.free ?? null, rows }
  }

  const [lookedAt, counted] = [remembering(look, REMEMBERED), remembering(count, COUNTED)]

  return {
    /** @throws RefusedError `forbidden` */
    async health(personId: string): Promise<HealthPart[]> {
      await access.require(personId, null, 'system.view')
      return lookedAt()
    },

    /** @throws RefusedError `forbidden` */
    async storage(personId: string): Promise<Storage> {
      await access.require(personId, null, 'system.view')
      return counted()
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
