import { RefusedError } from '../../shared/protocol/errors.ts'
import { DEFAULT_SITE, SETTINGS } from '../../shared/site.ts'
import type { ChangeSetting, KeptSetting, PrivacyNotice, SettingKey, SiteSettings, SiteView } from '../../shared/site.ts'
import type { Access } from '../accounts/access.ts'
import type { RightsStore } from '../accounts/rights.ts'
import type { Vault } from '../accounts/vault.ts'
import { auditActor } from '../audit/actor.ts'
import type { AuditStore } from '../audit/store.ts'
import { defaultNotice } from './defaultNotice.ts'
import { blanked, brandingCss, changeDetail, keepSecrets, secretsNeeded, siteView, withSecrets } from './rules.ts'
import type { SiteStore } from './store.ts'

/** How long what every page asks for is remembered, in milliseconds: the longest that another process's change is not seen. */
const REMEMBERED = 1_000
const SEALED_FOR = 'settings.identity'

type Stores = { site: SiteStore; audit: AuditStore; rights: RightsStore }
type Public = { view: SiteView; notice: PrivacyNotice | null; css: string }

export type SiteService = ReturnType<typeof createSiteService>

/** The installation's settings: what every page may know of them, and how administrators change them. */
export function createSiteService(deps: {
  access: Access
  site: SiteStore
  writing: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>
  /** Whether there is such a picture that everybody may see. */
  publicPicture: (id: string) => Promise<boolean>
  vault: Vault
  publicUrl: string
  now: () => Date
}) {
  const { access, site, writing, publicPicture, vault, publicUrl, now } = deps
  let remembered: { read: Promise<Public>; until: number } | null = null

  async function read(): Promise<Public> {
    const [branding, identity, notice] = await Promise.all([site.setting('branding'), site.setting('identity'), site.notice()])
    return { view: siteView({ url: publicUrl, branding: branding.value, identity: identity.value, notice }), notice, css: brandingCss(branding.value.accent) }
  }

  function publicly(): Promise<Public> {
    const at = now().getTime()
    if (remembered && remembered.until > at) return remembered.read
    const entry = { read: read(), until: at + REMEMBERED }
    remembered = entry
    entry.read.catch(() => remembered === entry && (remembered = null))
    return entry.read
  }

  /** As it is to be kept: with secrets sealed, and those left empty out of what was kept. @throws RefusedError `invalid_input` */
  async function kept({ key, value }: ChangeSetting, before: KeptSetting): Promise<SiteSettings[SettingKey]> {
    if (key === 'branding' && value.emblemId !== null && !(await publicPicture(value.emblemId))) throw new RefusedError('invalid_input', { issues: [{ path: 'value.emblemId', code: 'not_found' }] })
    if (key !== 'identity') return value
    const known = before.key === 'identity' ? before.value : DEFAULT_SITE.identity
    const issues = secretsNeeded(value, known)
    if (issues.length > 0) throw new RefusedError('invalid_input', { issues })
    return keepSecrets(withSecrets(value, (secret) => vault.seal(SEALED_FOR, secret)), known)
  }

  /** What a change of a setting brings with it, in its transaction. */
  async function follow({ site: settings, rights }: Stores, { key, value }: ChangeSetting, by: string, at: string): Promise<void> {
    if (key === 'privacy') await settings.publish(value, by, at)
    // Whose role counts no longer is cut at once; the others just come back.
    if (key === 'security') for (const id of await settings.withoutSecondFactor()) await rights.shrank(id, 'revoked', at)
  }

  return {
    /** What every page may know. */
    view: async (): Promise<SiteView> => (await publicly()).view,
    /** @throws RefusedError `not_found` while none is published */
    async notice(): Promise<PrivacyNotice> {
      const { notice } = await publicly()
      if (!notice) throw new RefusedError('not_found')
      return notice
    },
    /** The accent's colours, as a style sheet. */
    css: async (): Promise<string> => (await publicly()).css,

    /** For whoever uses them: with their secrets in the clear, as of now. What was sealed under another secret of the server is empty. */
    async identitySettings(): Promise<SiteSettings['identity']> {
      const { value } = await site.setting('identity')
      return withSecrets(value, (sealed) => vault.open(SEALED_FOR, sealed) ?? '')
    },

    /** @throws RefusedError `forbidden` */
    async settings(personId: string): Promise<KeptSetting[]> {
      await access.require(personId, null, 'settings.manage')
      const all = await Promise.all((Object.keys(SETTINGS) as SettingKey[]).map((key) => site.setting(key)))
      return all.map(blanked)
    },

    /** A privacy notice to begin with: what is kept and for how long, as things stand. @throws RefusedError `forbidden` */
    async draftNotice(personId: string): Promise<PrivacyNotice['text']> {
      await access.require(personId, null, 'settings.manage')
      const [branding, retention] = await Promise.all([site.setting('branding'), site.setting('retention')])
      return defaultNotice({ name: branding.value.name, retention: retention.value })
    },

    /**
     * Replaces one setting. What is as it was already changes nothing: a new privacy notice would ask everybody again.
     * @throws RefusedError `forbidden`, `stale` with the setting as it is, `invalid_input`
     */
    async change(personId: string, address: string, change: ChangeSetting): Promise<KeptSetting> {
      await access.require(personId, null, 'settings.manage')
      const actor = await auditActor(access, personId, address)
      const at = now().toISOString()
      const after = await writing(async (stores) => {
        const before: KeptSetting = await stores.site.setting(change.key)
        if (before.version !== change.expectedVersion) throw new RefusedError('stale', { current: blanked(before) })
        const value = await kept(change, before)
        if (JSON.stringify(value) === JSON.stringify(before.value)) return before
        if (!(await stores.site.set(change.key, value, before.version, actor.actor, at))) throw new RefusedError('stale', { current: blanked(await stores.site.setting(change.key)) })
        await follow(stores, change, actor.actor, at)
        await stores.audit.append({ ...actor, action: 'setting', subject: change.key, detail: changeDetail(change) }, at)
        return stores.site.setting(change.key)
      })
      remembered = null
      return blanked(after)
    },
  }
}
