import type { Config } from '../config.ts'
import type { Core } from '../core.ts'
import type { Database } from '../db/database.ts'
import { createJobStore } from '../jobs/store.ts'
import type { Media } from '../media/media.ts'
import { diskOf, sqliteBytes } from './disk.ts'
import { describesItself } from './provider.ts'
import { createSystemService } from './service.ts'
import type { SystemService } from './service.ts'
import { createSystemStore } from './store.ts'
import { probeTurn, turnAddress } from './turn.ts'

/** Milliseconds that a server somewhere else has for its answer. */
const PATIENCE = 2_500

/** Lets the administration look at the machine that runs all this. */
export function registerSystem(deps: { config: Config; database: Database; core: Core; media: Media; redis: { ready: () => boolean } | null; /** Whether Chinese can be written into pictures. */ fonts: () => Promise<boolean> }): SystemService {
  const { config, database, core, media, redis, fonts } = deps
  const store = createSystemStore(database.read)
  return createSystemService({
    access: core.access,
    engine: database.engine,
    store,
    jobs: createJobStore(database.read),
    identity: async () => (await core.stores.site.setting('identity')).value,
    notice: core.stores.site.notice,
    publicUrl: config.publicUrl,
    production: config.production,
    probes: {
      database: database.ping,
      redis: () => redis && redis.ready(),
      media: () => ({ wanted: config.media.workers, running: media.stats().workers }),
      turn: () =>
        Promise.all(
          config.media.turnUrls.map(async (url) => {
            const address = turnAddress(url)
            return { url, ms: address && (await probeTurn(address, PATIENCE)) }
          }),
        ),
      fonts,
      turnSecret: config.media.turnSecret !== null,
      disk: () => diskOf(config.dataDir),
      databaseBytes: () => (database.engine === 'postgres' ? store.postgresBytes() : sqliteBytes(config.dataDir)),
      describesItself: (issuer) => describesItself(issuer, !config.production),
    },
  })
}
