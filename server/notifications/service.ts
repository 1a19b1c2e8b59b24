import type { PushSubscriptionInput } from '../../shared/push.ts'
import type { Consents } from '../residents/consents.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { PushStore } from './store.ts'

/** Devices of one person. */
const MOST = 10

export type PushService = ReturnType<typeof createPushService>

/** Devices that want to be told. Anybody may have theirs told of what they asked and voted for. */
export function createPushService(deps: { transact: <T>(work: (store: PushStore) => Promise<T>) => Promise<T>; publicKey: string; consents: Pick<Consents, 'require'>; now: () => Date; limits: { person: RateLimiter; address: RateLimiter } }) {
  const { transact, publicKey, consents, now, limits } = deps
  return {
    /** What a browser subscribes with. */
    key: async (): Promise<{ key: string }> => ({ key: publicKey }),

    /** Putting the same device twice changes nothing more. @throws RefusedError `rate_limited`, `consent_required` */
    async subscribe(personId: string, address: string, { endpoint, keys, locale }: PushSubscriptionInput): Promise<null> {
      await consents.require(personId)
      await Promise.all([limits.person.take(personId), limits.address.take(address)])
      return transact(async (store) => {
        await store.put({ endpoint, keys, locale, personId, createdAt: now().toISOString() })
        await store.keepNewest(personId, MOST)
        return null
      })
    },

    /** Only one's own; what is gone already stays gone. @throws RefusedError `rate_limited` */
    async unsubscribe(personId: string, endpoint: string): Promise<null> {
      await limits.person.take(personId)
      return transact(async (store) => {
        await store.delete(endpoint, personId)
        return null
      })
    },
  }
}
