import { DEFAULT_SITE } from '../../shared/site.ts'
import type { KeptSetting, PrivacyNotice, SettingKey, SiteSettings } from '../../shared/site.ts'
import type { Queries } from '../db/database.ts'

export type SiteStore = ReturnType<typeof createSiteStore>

/** Settings share their table with what other rooms keep there. */
const keyOf = (key: SettingKey) => `site.${key}`

export function createSiteStore(db: Queries) {
  return {
    /** As kept, secrets still sealed. What was written before a field existed gets its default. */
    async setting<K extends SettingKey>(key: K): Promise<KeptSetting<K>> {
      const row = await db.selectFrom('settings').selectAll().where('key', '=', keyOf(key)).executeTakeFirst()
      const fallback = DEFAULT_SITE[key]
      const value: unknown = row ? JSON.parse(row.valueJson) : fallback
      const filled = Array.isArray(fallback) ? value : { ...fallback, ...(value as object) }
      return { key, value: filled, version: row?.version ?? 0, at: row?.at ?? null, by: row?.by ?? null } as KeptSetting<K>
    },
    /** @returns false when it is not at `expectedVersion` any more */
    async set<K extends SettingKey>(key: K, value: SiteSettings[K], expectedVersion: number, by: string, at: string): Promise<boolean> {
      const written = { valueJson: JSON.stringify(value), version: expectedVersion + 1, at, by }
      const result = await db
        .insertInto('settings')
        .values({ key: keyOf(key), ...written })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(written).where('settings.version', '=', expectedVersion))
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows) === 1
    },
    /** Accounts that may sign in and have no second factor. */
    async withoutSecondFactor(): Promise<string[]> {
      return (await db.selectFrom('accounts').select('id').where('totpSealed', 'is', null).where('disabledAt', 'is', null).execute()).map(({ id }) => id)
    },
    /** The privacy notice that people are asked to agree to; null while none is published, or after it was taken back (its text is empty then). */
    async notice(): Promise<PrivacyNotice | null> {
      const row = await db.selectFrom('privacyNotices').select(['version', 'at', 'textJson']).orderBy('version', 'desc').limit(1).executeTakeFirst()
      if (!row) return null
      const text = JSON.parse(row.textJson) as PrivacyNotice['text']
      return text['zh-CN'] === '' ? null : { version: row.version, at: row.at, text }
    },
    /** Under the number after the last one. @returns that number */
    async publish(text: PrivacyNotice['text'], by: string, at: string): Promise<number> {
      const last = await db.selectFrom('privacyNotices').select(({ fn }) => fn.max('version').as('version')).executeTakeFirst()
      const version = Number(last?.version ?? 0) + 1
      await db.insertInto('privacyNotices').values({ version, textJson: JSON.stringify(text), at, by }).execute()
      return version
    },
  }
}
