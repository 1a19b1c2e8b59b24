import type { JobWork } from '../jobs/runner.ts'
import type { Receipts } from '../questions/receipts.ts'
import type { UpkeepStore } from './store.ts'

/** What a new release has to do once about what earlier ones wrote: in the background, in small steps, while everything works. */
export function createUpkeepService(deps: {
  read: Pick<UpkeepStore, 'pending'>
  transact: <T>(work: (store: UpkeepStore) => Promise<T>) => Promise<T>
  receipts: Pick<Receipts, 'keep' | 'sealPath'>
  scrub: (whole: boolean) => Promise<void>
}) {
  const { read, transact, receipts, scrub } = deps

  const work: JobWork = async (alive) => {
    await transact((store) => store.begin())
    let sealed = 0
    for (let after = ''; ; ) {
      const from = after
      const done = await transact((store) => store.sealReceipts(receipts, from))
      if (!done) break
      sealed += done.count
      after = done.last
      await alive()
    }
    let notices = 0
    for (let done = 1; done > 0; notices += done) done = await transact((store) => store.sealNotices(receipts))
    await alive()
    await scrub(true)
    await transact((store) => store.end())
    return { receipts: sealed, notices }
  }

  return { pending: read.pending, work }
}
