import { z } from 'zod'
import { SETTINGS } from '../../../shared/site.ts'
import type { SettingKey, SiteSettings } from '../../../shared/site.ts'
import { versionSchema } from '../../../shared/schemas.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { useSite } from '../../site/useSite.ts'
import { useKept } from './useKept.ts'
import type { Kept } from './useKept.ts'

/** One setting of the installation, as {@link useKept}. */
export function useSetting<K extends SettingKey>(key: K) {
  const site = useSite()
  // The table gives the schema of each key; that it is this one's, only a reader knows.
  const value = SETTINGS[key] as z.ZodType as z.ZodType<SiteSettings[K], SiteSettings[K]>
  return useKept<SiteSettings[K]>({
    schema: z.strictObject({ expectedVersion: versionSchema, value }),
    async load() {
      // All of them come; only the one with this key is looked at.
      const settings = await getJson<(Kept<SiteSettings[K]> & { key: SettingKey })[]>('/api/admin/settings')
      const found = settings.find((setting) => setting.key === key)
      if (!found) throw new Error(`there is no setting ${key}`)
      return found
    },
    async save(value, expectedVersion) {
      const kept = await sendJson<Kept<SiteSettings[K]>>('PUT', `/api/admin/settings/${key}`, { expectedVersion, value })
      // The header and the footer of this very page show some of it.
      void site.refresh()
      return kept
    },
  })
}
