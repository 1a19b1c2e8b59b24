import { randomUUID } from 'node:crypto'
import type { Queries } from '../db/database.ts'
import type { Job, JobRun } from './rules.ts'

export type JobStore = ReturnType<typeof createJobStore>

/** Name of a job's lease among the installation's facts. */
const leaseOf = (job: Job) => `lease.${job}`

/** What runs by itself: who runs it now, and how it went. */
export function createJobStore(db: Queries) {
  return {
    /** Keeps other processes off the job until `until`. @returns false when another one has it at `now` */
    async claim(job: Job, now: string, until: string): Promise<boolean> {
      const result = await db
        .insertInto('meta')
        .values({ key: leaseOf(job), value: until })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: until }).where('meta.value', '<=', now))
        .executeTakeFirst()
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    /** Goes on holding it. */
    async renew(job: Job, until: string): Promise<void> {
      await db.updateTable('meta').set({ value: until }).where('key', '=', leaseOf(job)).execute()
    },
    async release(job: Job): Promise<void> {
      await db.deleteFrom('meta').where('key', '=', leaseOf(job)).execute()
    },
    async note(job: Job, { at, outcome, detail }: JobRun): Promise<void> {
      await db.insertInto('jobRuns').values({ id: randomUUID(), job, at, outcome, detailJson: JSON.stringify(detail) }).execute()
    },
    /** The last run, whatever came of it. */
    async last(job: Job): Promise<JobRun | null> {
      const row = await db.selectFrom('jobRuns').select(['at', 'outcome', 'detailJson']).where('job', '=', job).orderBy('at', 'desc').limit(1).executeTakeFirst()
      return row ? { at: row.at, outcome: row.outcome, detail: JSON.parse(row.detailJson) as JobRun['detail'] } : null
    },
  }
}
