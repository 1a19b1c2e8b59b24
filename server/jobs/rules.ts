import type { Work } from '../../shared/administration.ts'

export type Job = Work['jobs'][number]['name']
/** One run. `detail`: how much of what was done. */
export type JobRun = { at: string; outcome: 'ok' | 'failed'; detail: Record<string, number> }

/** Between two runs of a job, in milliseconds. */
export const JOB_EVERY = 24 * 3_600_000
/** After one that failed. */
export const JOB_AGAIN = 3_600_000

/** When the job runs next, in milliseconds since 1970; `last` null: at once. */
export function nextRun(last: Pick<JobRun, 'at' | 'outcome'> | null): number {
  return last === null ? 0 : Date.parse(last.at) + (last.outcome === 'ok' ? JOB_EVERY : JOB_AGAIN)
}
