import type { Job, JobRun } from './rules.ts'
import { nextRun } from './rules.ts'
import type { JobStore } from './store.ts'

/** How long a job stays with its process after it last gave a sign of life, in milliseconds: longer than any of its steps. After a process died, another takes it up then. */
const JOB_LEASE = 5 * 60_000
const RENEW_EVERY = JOB_LEASE / 10
/** Between two looks at what is due. */
const LOOK_EVERY = 10 * 60_000

/** Does the job. `alive` is to be called between steps, each of which is durable by itself. @returns how much of what was done */
export type JobWork = (alive: () => Promise<void>) => Promise<JobRun['detail']>

export type JobRunner = {
  /** Runs `work` unless another process does; notes how it went. @returns null when another one runs it. @throws what `work` throws */
  run: (job: Job, work: JobWork) => Promise<JobRun['detail'] | null>
  /** As {@link run}, but only when the job is due. */
  runDue: (job: Job, work: JobWork) => Promise<JobRun['detail'] | null>
}

/** Lets one process at a time do what is done by itself. */
export function createJobRunner(deps: { transact: <T>(work: (store: JobStore) => Promise<T>) => Promise<T>; read: Pick<JobStore, 'last'>; now: () => Date }): JobRunner {
  const { transact, read, now } = deps
  const until = () => new Date(now().getTime() + JOB_LEASE).toISOString()
  const isDue = async (store: Pick<JobStore, 'last'>, job: Job) => nextRun(await store.last(job)) <= now().getTime()

  async function held(job: Job, work: JobWork): Promise<JobRun['detail']> {
    let renewed = now().getTime()
    const alive = async () => {
      if (now().getTime() - renewed < RENEW_EVERY) return
      renewed = now().getTime()
      await transact((store) => store.renew(job, until()))
    }
    try {
      const detail = await work(alive)
      await transact((store) => store.note(job, { at: now().toISOString(), outcome: 'ok', detail }))
      return detail
    } catch (error) {
      await transact((store) => store.note(job, { at: now().toISOString(), outcome: 'failed', detail: {} }))
      throw error
    } finally {
      await transact((store) => store.release(job))
    }
  }

  return {
    async run(job, work) {
      return (await transact((store) => store.claim(job, now().toISOString(), until()))) ? held(job, work) : null
    },
    async runDue(job, work) {
      // Asked of the reader first: nothing is written while nothing is due. Asked again once it is ours: another process may just have done it.
      if (!(await isDue(read, job))) return null
      const ours = await transact(async (store) => (await isDue(store, job)) && store.claim(job, now().toISOString(), until()))
      return ours ? held(job, work) : null
    },
  }
}

/** Calls `look` at once and again and again, one at a time. Returns its undo, which waits for the look under way. */
export function regularly(look: () => Promise<unknown>, onError: (error: unknown) => void, every = LOOK_EVERY): () => Promise<void> {
  let looking: Promise<unknown> | null = null
  const begin = () => {
    looking ??= look()
      .catch(onError)
      .finally(() => (looking = null))
  }
  const timer = setInterval(begin, every)
  timer.unref()
  begin()
  return async () => {
    clearInterval(timer)
    await looking
  }
}
