import type { Access } from '../accounts/access.ts'
import { createAuditReading } from '../audit/reading.ts'
import type { AuditNote } from '../audit/rules.ts'
import { createAuditService } from '../audit/service.ts'
import { createAuditStore } from '../audit/store.ts'
import type { Database } from '../db/database.ts'
import { createJobRunner, regularly } from '../jobs/runner.ts'
import { createJobStore } from '../jobs/store.ts'
import { createForgettingStore } from '../questions/forgetting.ts'
import type { Receipts } from '../questions/receipts.ts'
import { oldRows } from '../retention/oldRows.ts'
import { createPresenceRetention } from '../retention/presence.ts'
import { createRetentionService } from '../retention/service.ts'
import { createRetentionStore } from '../retention/store.ts'
import { createSiteStore } from '../site/store.ts'
import { createUpkeepService } from '../upkeep/service.ts'
import { createUpkeepStore } from '../upkeep/store.ts'

/** What is written down of acts, how long things are kept, and what is put in order by itself. */
export function createRecords(deps: { database: Database; access: Access; receipts: Receipts; now: () => Date }) {
  const { database, access, receipts, now } = deps
  const note = (entry: AuditNote) => database.transact((tx) => createAuditStore(tx).append(entry, now().toISOString()))
  const runner = createJobRunner({ transact: (work) => database.transact((tx) => work(createJobStore(tx))), read: createJobStore(database.read), now })
  const retention = createRetentionService({
    access,
    periods: async () => (await createSiteStore(database.read).setting('retention')).value,
    transact: (work) =>
      database.transact((tx) => work({ retention: createRetentionStore(tx), presence: createPresenceRetention(tx), forgetting: createForgettingStore(tx), audit: createAuditStore(tx), oldRows: (cutoffs) => oldRows(tx, cutoffs) })),
    runner,
    scrub: () => database.scrub(),
    now,
  })
  const upkeep = createUpkeepService({
    read: createUpkeepStore(database.read),
    transact: (work) => database.transact((tx) => work(createUpkeepStore(tx))),
    receipts,
    scrub: database.scrub,
  })
  const keepUp = async () => ((await upkeep.pending()) ? runner.run('upkeep', upkeep.work) : null)

  return {
    note,
    audit: createAuditService({ access, reading: createAuditReading(database.read), note }),
    retention,
    /** Converts what earlier releases left, if there is any. */
    keepUp,
    /** Does all of it from now on, in the background. Returns its undo. */
    begin(onError: (error: unknown) => void): () => Promise<void> {
      let upToDate = false
      return regularly(async () => {
        try {
          if (!upToDate) {
            await keepUp()
            upToDate = !(await upkeep.pending())
          }
        } finally {
          // What is due by law does not wait for the other.
          await retention.runDue()
        }
      }, onError)
    },
  }
}
