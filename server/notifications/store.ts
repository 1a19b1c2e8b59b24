import type { Queries } from '../db/database.ts'

export type PushDevice = { endpoint: string; personId: string; keys: { p256dh: string; auth: string }; locale: string; createdAt: string }

/** JSON text with the installation's key pair, among its settings. */
const VAPID_SETTING = 'vapid'

export type VapidKeys = { publicKey: string; privateKey: string }
export type PushStore = ReturnType<typeof createPushStore>

export function createPushStore(db: Queries) {
  return {
    async byEndpoint(endpoint: string): Promise<PushDevice | null> {
      const row = await db.selectFrom('pushSubscriptions').selectAll().where('endpoint', '=', endpoint).executeTakeFirst()
      if (!row) return null
      const { keysJson, ...rest } = row
      return { ...rest, keys: JSON.parse(keysJson) as PushDevice['keys'] }
    },
    /** A device belongs to whoever last asked for it: two people may share a browser one after the other. */
    async put({ endpoint, keys, ...rest }: PushDevice): Promise<void> {
      const values = { ...rest, keysJson: JSON.stringify(keys) }
      await db
        .insertInto('pushSubscriptions')
        .values({ endpoint, ...values })
        .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(values))
        .execute()
    },
    /** Keeps the newest `most` of one person. */
    async keepNewest(personId: string, most: number): Promise<void> {
      const rows = await db.selectFrom('pushSubscriptions').select('endpoint').where('personId', '=', personId).orderBy('createdAt', 'desc').orderBy('endpoint').execute()
      for (const { endpoint } of rows.slice(most)) await db.deleteFrom('pushSubscriptions').where('endpoint', '=', endpoint).execute()
    },
    /** With what waits to be sent there. `personId` null: whoever's it is. */
    async delete(endpoint: string, personId: string | null): Promise<void> {
      const query = db.deleteFrom('pushSubscriptions').where('endpoint', '=', endpoint)
      const result = await (personId === null ? query : query.where('personId', '=', personId)).executeTakeFirst()
      if (result.numDeletedRows > 0n) await db.deleteFrom('deliveries').where('kind', '=', 'push').where('target', '=', endpoint).execute()
    },

    /** The installation's keys; `made` become them when there are none yet. Processes that start at once end with the same. */
    async vapid(made: () => VapidKeys): Promise<VapidKeys> {
      const read = () => db.selectFrom('settings').select('valueJson').where('key', '=', VAPID_SETTING).executeTakeFirst()
      const before = await read()
      if (before) return JSON.parse(before.valueJson) as VapidKeys
      await db
        .insertInto('settings')
        .values({ key: VAPID_SETTING, valueJson: JSON.stringify(made()), version: 0, at: null, by: null })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute()
      const after = await read()
      if (!after) throw new Error('the keys for push were not kept')
      return JSON.parse(after.valueJson) as VapidKeys
    },
  }
}
