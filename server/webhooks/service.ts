import { RefusedError } from '../../shared/protocol/errors.ts'
import type { CreateWebhook, Delivery, EditWebhook, Webhook } from '../../shared/webhooks.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditNote } from '../audit/rules.ts'
import type { AuditStore } from '../audit/store.ts'
import { LEASE } from '../deliveries/courier.ts'
import type { DeliveryStore } from '../deliveries/store.ts'
import type { StoredDelivery } from '../deliveries/rules.ts'
import type { StoredWebhook, WebhookStore } from './store.ts'

/** Deliveries of one webhook that are listed. */
const LISTED = 50
/** Webhooks that one installation may have. */
const MOST = 20

const shown = ({ id, event, state, attempts, outcome, createdAt, nextAt }: StoredDelivery): Delivery => ({ id, event: event as Delivery['event'], state, attempts, outcome, createdAt, nextAt })

type Stores = { webhooks: WebhookStore; deliveries: DeliveryStore }
type Writing = Stores & { audit: AuditStore }

export type WebhookService = ReturnType<typeof createWebhookService>

/** All of it is for whoever holds the installation's grant. */
export function createWebhookService(deps: {
  access: Access
  read: Stores
  transact: <T>(work: (stores: Writing) => Promise<T>) => Promise<T>
  now: () => Date
  newSecret: () => string
  /** Something waits to be sent. */
  wake: () => void
}) {
  const { access, read, transact, now, newSecret, wake } = deps
  const authorise = (personId: string) => access.require(personId, null, 'webhooks.manage')

  /** Where it leads, without what an address may carry as a secret; and what was done to it. */
  async function noteOf(personId: string, address: string, { url, active }: Pick<StoredWebhook, 'url' | 'active'>, act: string): Promise<AuditNote> {
    return { ...(await auditActor(access, personId, address)), action: 'webhook', subject: new URL(url).host, detail: { act, active } }
  }

  async function shownWebhook(webhook: StoredWebhook): Promise<Webhook> {
    const counts = await read.deliveries.countsByTarget()
    return { ...webhook, ...(counts.get(webhook.id) ?? { waiting: 0, failed: 0 }) }
  }

  /** @throws RefusedError `not_found` */
  async function existing(stores: Stores, id: string): Promise<StoredWebhook> {
    const webhook = await stores.webhooks.byId(id)
    if (!webhook) throw new RefusedError('not_found')
    return webhook
  }

  return {
    /** Oldest first. @throws RefusedError `forbidden` */
    async list(personId: string): Promise<Webhook[]> {
      await authorise(personId)
      const [webhooks, counts] = await Promise.all([read.webhooks.all(), read.deliveries.countsByTarget()])
      return webhooks.map((webhook) => ({ ...webhook, ...(counts.get(webhook.id) ?? { waiting: 0, failed: 0 }) }))
    },

    /** A retry with the same id answers with what the first made. @throws RefusedError `forbidden`, `invalid_input` when there are too many */
    async create(personId: string, input: CreateWebhook, address = ''): Promise<Webhook> {
      await authorise(personId)
      const note = await noteOf(personId, address, input, 'create')
      const webhook = await transact(async (stores) => {
        const before = await stores.webhooks.byId(input.id)
        if (before) return before
        if ((await stores.webhooks.all()).length >= MOST) throw new RefusedError('invalid_input', { issues: [{ path: 'id', code: 'too_many' }] })
        const made: StoredWebhook = { ...input, secret: newSecret(), createdAt: now().toISOString() }
        if (!(await stores.webhooks.insert(made))) return existing(stores, input.id)
        await stores.audit.append(note, made.createdAt)
        return made
      })
      return shownWebhook(webhook)
    },

    /** The secret stays. @throws RefusedError `forbidden`, `not_found` */
    async edit(personId: string, id: string, input: EditWebhook, address = ''): Promise<Webhook> {
      await authorise(personId)
      const note = await noteOf(personId, address, input, 'edit')
      const webhook = await transact(async (stores) => {
        if (!(await stores.webhooks.update(id, input))) throw new RefusedError('not_found')
        await stores.audit.append(note, now().toISOString())
        return existing(stores, id)
      })
      return shownWebhook(webhook)
    },

    /** With all its deliveries; what is gone already stays gone. @throws RefusedError `forbidden` */
    async delete(personId: string, id: string, address = ''): Promise<null> {
      await authorise(personId)
      const before = await read.webhooks.byId(id)
      if (!before) return null
      const note = await noteOf(personId, address, before, 'delete')
      return transact(async ({ webhooks, deliveries, audit }) => {
        await deliveries.removeTarget(id)
        await webhooks.delete(id)
        await audit.append(note, now().toISOString())
        return null
      })
    },

    /** Sends an event `test`, also to a webhook that is switched off. @throws RefusedError `forbidden`, `not_found` */
    async test(personId: string, id: string, address = ''): Promise<Delivery> {
      await authorise(personId)
      const note = await noteOf(personId, address, await existing(read, id), 'test')
      const delivery = await transact(async (stores) => {
        await existing(stores, id)
        await stores.audit.append(note, now().toISOString())
        return stores.deliveries.enqueueTest(id, now().toISOString())
      })
      wake()
      return shown(delivery)
    },

    /** Newest first, at most 50. @throws RefusedError `forbidden`, `not_found` */
    async deliveries(personId: string, id: string): Promise<Delivery[]> {
      await authorise(personId)
      await existing(read, id)
      return (await read.deliveries.ofTarget(id, LISTED)).map(shown)
    },

    /** Sends one again, under the same id. @throws RefusedError `forbidden`, `not_found`, also for one that is on its way just now */
    async redeliver(personId: string, id: string, deliveryId: string, address = ''): Promise<null> {
      await authorise(personId)
      const note = await noteOf(personId, address, await existing(read, id), 'again')
      const at = now()
      await transact(async ({ deliveries, audit }) => {
        const done = await deliveries.again(deliveryId, id, at.toISOString(), new Date(at.getTime() + LEASE).toISOString())
        if (!done) throw new RefusedError('not_found')
        await audit.append(note, at.toISOString())
      })
      wake()
      return null
    },
  }
}
