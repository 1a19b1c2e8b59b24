import { afterAttempt } from './rules.ts'
import type { Attempt, StoredDelivery } from './rules.ts'
import type { DeliveryStore } from './store.ts'

/** How long a delivery that was taken stays with its process, in milliseconds: longer than any attempt lasts. After a process died, another takes it up then. */
export const LEASE = 30_000
/** Milliseconds between two looks at what is due: what other processes wrote, and what is to be tried again. */
const LOOK_EVERY = 1_000
/** Deliveries under way at once, in one process. */
const AT_ONCE = 16

const DAY = 86_400_000
const KEEP_DELIVERED = 7 * DAY
const KEEP_FAILED = 30 * DAY
const TRIM_EVERY = 3_600_000

export type Courier = {
  /** Something was written: look at once. */
  wake: () => void
  /** Resolves when what is under way has ended. */
  close: () => Promise<void>
}

/**
 * Sends what waits in the outbox of one kind, at least once: a process that dies between sending and noting it lets another send it again, under the same id.
 * @param send makes one attempt; never rejects, and ends well within {@link LEASE}
 */
export function createCourier(deps: {
  /** Each kind has a courier of its own: devices, which anybody may hand in by the thousand, never keep webhooks waiting. */
  kind: StoredDelivery['kind']
  store: Pick<DeliveryStore, 'due'>
  transact: <T>(work: (store: DeliveryStore) => Promise<T>) => Promise<T>
  send: (delivery: StoredDelivery) => Promise<Attempt>
  now: () => Date
  random: () => number
  /** Told of a failure of the outbox itself; the next look tries again. */
  onError: (error: unknown) => void
}): Courier {
  const { kind, store, transact, send, now, random, onError } = deps
  const underWay = new Set<Promise<void>>()
  let looking = false
  let lookAgain = false
  let closed = false
  let trimAt = 0

  async function attempt(delivery: StoredDelivery): Promise<void> {
    const made = await send(delivery)
    const after = afterAttempt(delivery.attempts, made, now().getTime(), random())
    await transact((outbox) => outbox.settle(delivery.id, delivery.attempts, after))
  }

  function start(delivery: StoredDelivery): void {
    const running = attempt(delivery)
      .catch(onError)
      .finally(() => {
        underWay.delete(running)
        void look()
      })
    underWay.add(running)
  }

  async function trim(): Promise<void> {
    const at = now().getTime()
    if (at < trimAt) return
    trimAt = at + TRIM_EVERY
    await transact((outbox) => outbox.trim(new Date(at - KEEP_DELIVERED).toISOString(), new Date(at - KEEP_FAILED).toISOString()))
  }

  /** One look at a time; a wish for another while it lasts is remembered. */
  async function look(): Promise<void> {
    if (closed) return
    lookAgain = looking
    if (looking) return
    looking = true
    try {
      do {
        lookAgain = false
        const free = AT_ONCE - underWay.size
        const at = now()
        // Asked of the reader first: nothing is written while nothing is due.
        if (free > 0 && (await store.due(kind, at.toISOString()))) {
          for (const delivery of await transact((outbox) => outbox.claim(kind, at.toISOString(), new Date(at.getTime() + LEASE).toISOString(), free))) start(delivery)
        }
        await trim()
      } while (lookAgain && !closed)
    } catch (error) {
      onError(error)
    } finally {
      looking = false
    }
  }

  const timer = setInterval(() => void look(), LOOK_EVERY)
  timer.unref()

  return {
    wake: () => void look(),
    async close() {
      closed = true
      clearInterval(timer)
      await Promise.all(underWay)
    },
  }
}
