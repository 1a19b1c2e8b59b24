import type { CreateWebhook, EditWebhook, WebhookEvent } from '../../shared/webhooks.ts'
import type { Queries } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'

export type StoredWebhook = CreateWebhook & { secret: string; createdAt: string }

const fromRow = ({ eventsJson, active, ...rest }: Schema['webhooks']): StoredWebhook => ({ ...rest, events: JSON.parse(eventsJson) as WebhookEvent[], active: active === 1 })
const columns = ({ url, events, active }: EditWebhook) => ({ url, eventsJson: JSON.stringify(events), active: active ? 1 : 0 })

export type WebhookStore = ReturnType<typeof createWebhookStore>

export function createWebhookStore(db: Queries) {
  return {
    /** Oldest first. */
    async all(): Promise<StoredWebhook[]> {
      return (await db.selectFrom('webhooks').selectAll().orderBy('createdAt').orderBy('id').execute()).map(fromRow)
    },
    async byId(id: string): Promise<StoredWebhook | null> {
      const row = await db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? fromRow(row) : null
    },
    /** @returns false when the id is taken */
    async insert({ id, secret, createdAt, ...webhook }: StoredWebhook): Promise<boolean> {
      const result = await db
        .insertInto('webhooks')
        .values({ id, secret, createdAt, ...columns(webhook) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    /** @returns false when there is no such webhook */
    async update(id: string, webhook: EditWebhook): Promise<boolean> {
      return (await db.updateTable('webhooks').set(columns(webhook)).where('id', '=', id).executeTakeFirst()).numUpdatedRows === 1n
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom('webhooks').where('id', '=', id).execute()
    },
  }
}
