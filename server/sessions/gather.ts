import { TIMES } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'

/** Hands in one item for `sessionId`; resolves or rejects with what the commit that held it says. */
export type Gather<Item, Result> = (sessionId: string, item: Item) => Promise<Result>

type Waiting<Item, Result> = { item: Item; resolve: (result: Result) => void; reject: (error: Error) => void }

/**
 * What comes in for one session is gathered into one commit, at most once in TIMES.burstInterval, and each item is answered after the commit that holds it.
 * @param write commits a batch, in order of arrival, and says for each item what it became; a throw refuses them all
 * @param most items that one commit takes; the rest waits for the next
 */
export function createGathering<Item, Result>(deps: {
  write: (sessionId: string, batch: readonly Item[]) => Promise<(item: Item) => Result | RefusedError>
  most: number
  now: () => number
}): Gather<Item, Result> {
  const { write, most, now } = deps
  const queues = new Map<string, Waiting<Item, Result>[]>()

  async function settle(sessionId: string, batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const outcome = await write(sessionId, batch.map(({ item }) => item))
      for (const { item, resolve, reject } of batch) {
        const result = outcome(item)
        if (result instanceof RefusedError) reject(result)
        else resolve(result)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error instanceof Error ? error : new Error(String(error)))
    }
  }

  async function drain(sessionId: string, queue: Waiting<Item, Result>[]): Promise<void> {
    while (queue.length > 0) {
      const started = now()
      await settle(sessionId, queue.splice(0, most))
      // What fills a whole commit has waited long enough.
      if (queue.length < most) await new Promise((resolve) => setTimeout(resolve, Math.max(0, TIMES.burstInterval - (now() - started))))
    }
    queues.delete(sessionId)
  }

  return (sessionId, item) =>
    new Promise<Result>((resolve, reject) => {
      const queue = queues.get(sessionId)
      if (queue) {
        queue.push({ item, resolve, reject })
        return
      }
      const opened = [{ item, resolve, reject }]
      queues.set(sessionId, opened)
      // One turn of the loop gathers what came in together with the first.
      setImmediate(() => void drain(sessionId, opened))
    })
}
