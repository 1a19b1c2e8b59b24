import type { Logger } from 'pino'
import type { Receipts } from '../questions/receipts.ts'
import { createAuditStore } from '../audit/store.ts'
import type { Access } from '../accounts/access.ts'
import type { Database } from '../db/database.ts'
import { createPushSender, newVapidKeys, vapidSubject } from '../notifications/send.ts'
import { createPushService } from '../notifications/service.ts'
import { createPushStore } from '../notifications/store.ts'
import type { Consents } from '../residents/consents.ts'
import { createRateLimiter } from '../realtime/limiter.ts'
import { createWebhookSender, newWebhookSecret } from '../webhooks/send.ts'
import { createWebhookService } from '../webhooks/service.ts'
import { createWebhookStore } from '../webhooks/store.ts'
import { createCourier } from './courier.ts'
import type { Courier } from './courier.ts'
import type { Attempt, StoredDelivery } from './rules.ts'
import { createDeliveryStore } from './store.ts'

/**
 * What is told to the outside: webhooks and devices are managed here, and what waits for them is sent. The push keys are made at the first start.
 * `toLoopback`: whether this machine itself may be a receiver. `sendMessage`: makes one attempt at telling a phone.
 */
export async function registerDeliveries(deps: { database: Database; receipts: Receipts; access: Access; consents: Pick<Consents, 'require'>; publicUrl: string; toLoopback: boolean; sendMessage: (delivery: StoredDelivery) => Promise<Attempt>; log: Logger }) {
  const { database, receipts, access, publicUrl, toLoopback, log } = deps
  const now = () => new Date()
  const keys = await database.transact((tx) => createPushStore(tx).vapid(newVapidKeys))
  const sendWebhook = createWebhookSender({ store: createWebhookStore(database.read), reach: toLoopback ? 'loopback' : 'intranet', now })
  const sendPush = createPushSender({
    store: createPushStore(database.read),
    forget: (endpoint) => database.transact((tx) => createPushStore(tx).delete(endpoint, null)),
    keys,
    receipts,
    subject: vapidSubject(publicUrl),
    reach: toLoopback ? 'loopback' : 'internet',
  })
  const courierOf = (kind: StoredDelivery['kind'], send: (delivery: StoredDelivery) => Promise<Attempt>) =>
    createCourier({
      kind,
      store: createDeliveryStore(database.read),
      transact: (work) => database.transact((tx) => work(createDeliveryStore(tx))),
      send,
      now,
      random: Math.random,
      onError: (error) => log.error({ err: error }, 'the outbox failed'),
    })
  const couriers = [courierOf('webhook', sendWebhook), courierOf('push', sendPush), courierOf('sms', deps.sendMessage)]
  const courier: Courier = {
    wake: () => couriers.forEach(({ wake }) => wake()),
    close: async () => void (await Promise.all(couriers.map(({ close }) => close()))),
  }
  return {
    courier,
    webhooks: createWebhookService({
      access,
      read: { webhooks: createWebhookStore(database.read), deliveries: createDeliveryStore(database.read) },
      transact: (work) => database.transact((tx) => work({ webhooks: createWebhookStore(tx), deliveries: createDeliveryStore(tx), audit: createAuditStore(tx) })),
      now,
      newSecret: newWebhookSecret,
      wake: courier.wake,
    }),
    push: createPushService({ transact: (work) => database.transact((tx) => work(createPushStore(tx))), publicKey: keys.publicKey, consents: deps.consents, now, limits: { person: createRateLimiter(20, 60), address: createRateLimiter(300, 60) } }),
  }
}
