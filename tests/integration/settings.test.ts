import { describe, expect, test } from 'vitest'
import sharp from 'sharp'
import type { AuditPage } from '../../shared/administration.ts'
import type { Me } from '../../shared/accounts.ts'
import { shadeOf } from '../../shared/rules/accents.ts'
import { DEFAULT_SITE } from '../../shared/site.ts'
import type { KeptSetting, PrivacyNotice, SettingKey, SiteSettings, SiteView } from '../../shared/site.ts'
import { openApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import { client } from '../support/client.ts'
import { onBothEngines } from '../support/engines.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { join, setUp } from '../support/staff.ts'

const refused = (code: string, more: object = {}) => ({ refusal: { code, ...more } })
const invalid = (path: string, code: string) => refused('invalid_input', { issues: [{ path, code }] })
const PROVIDER = { id: 'zwfw', name: '政务服务网', issuer: 'https://id.example', clientId: 'fangtan', secret: 'the-client-secret' }
const IDENTITY: SiteSettings['identity'] = { sms: { kind: 'http', url: 'https://sms.example/send', secret: 'the-gateway-secret' }, providers: [PROVIDER] }
const SECRETS = /the-client-secret|the-gateway-secret|another-secret/

const settings = (person: Person) => person.get<KeptSetting[]>('/api/admin/settings')
async function setting<K extends SettingKey>(person: Person, key: K): Promise<KeptSetting<K>> {
  const found = (await settings(person)).find((kept): kept is KeptSetting<K> & KeptSetting => kept.key === key)
  if (!found) throw new Error(`there is no ${key}`)
  return found
}
const put = <K extends SettingKey>(person: Person, key: K, value: SiteSettings[K], expectedVersion: number) => person.send<KeptSetting<K>>('PUT', `/api/admin/settings/${key}`, { expectedVersion, value })
/** As it stands, with some of it changed. */
async function change<K extends SettingKey>(person: Person, key: K, over: Partial<SiteSettings[K]>): Promise<KeptSetting<K>> {
  const { value, version } = await setting(person, key)
  return put(person, key, { ...value, ...over }, version)
}
const logged = async (person: Person) => (await person.get<AuditPage>('/api/admin/audit?action=setting')).entries

onBothEngines((engine) => {
  async function open() {
    const opened: TestApp = await openApp(await engine.env())
    const { person: admin } = await setUp(opened)
    return { ...opened, admin, visitor: await createPerson(opened.url) }
  }

  test('only administrators see settings, and change them', async () => {
    const { admin, visitor, url } = await open()
    const { person: staff } = await join({ url }, admin, { username: 'staff.one' })
    for (const person of [visitor, staff]) {
      await expect(settings(person)).rejects.toMatchObject(refused('forbidden'))
      await expect(put(person, 'security', { secondFactor: 'nobody' }, 0)).rejects.toMatchObject(refused('forbidden'))
    }
    expect((await settings(admin)).map(({ key }) => key)).toEqual(['branding', 'identity', 'privacy', 'retention', 'workdays', 'security'])
    await expect(admin.send('PUT', '/api/admin/settings/nothing', { expectedVersion: 0, value: {} })).rejects.toMatchObject(refused('invalid_input'))
  })

  test('a name, a colour and an emblem are everybody’s at once', async () => {
    const { admin, visitor, url } = await open()
    const png = await sharp({ create: { width: 600, height: 300, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer()
    const upload = (person: Person) => person.fetch('/api/pictures?use=emblem', { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: new Uint8Array(png) })
    expect((await upload(visitor)).status).toBe(403)
    const { data } = (await (await upload(admin)).json()) as { data: { id: string } }
    const picture = await sharp(Buffer.from(await (await visitor.fetch(`/api/pictures/${data.id}`)).arrayBuffer())).metadata()
    expect(picture).toMatchObject({ width: 256, height: 128, hasAlpha: true })

    const sheet = (tag = '') => fetch(`${url}/branding.css`, { headers: { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' } })
    const before = await sheet()
    await change(admin, 'branding', { name: '青石县访谈', accent: 'bronze', footer: '县融媒体中心', emblemId: data.id })
    expect(await visitor.get<SiteView>('/api/site')).toMatchObject({ name: '青石县访谈', accent: 'bronze', footer: '县融媒体中心', emblemId: data.id })
    const tag = before.headers.get('etag') ?? ''
    const after = await sheet(tag)
    expect([after.status, after.headers.get('content-type'), after.headers.get('cache-control')]).toEqual([200, 'text/css; charset=utf-8', 'no-cache'])
    expect(await after.text()).toContain(`--color-county-500:${shadeOf('bronze', 500)}`)
    expect(tag).toMatch(/^"/)
    expect((await sheet(after.headers.get('etag') ?? '')).status).toBe(304)
    await expect(change(admin, 'branding', { emblemId: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject(invalid('value.emblemId', 'not_found'))
    await expect(change(admin, 'branding', { name: ' ' })).rejects.toMatchObject(invalid('value.name', 'too_short'))
  })

  describe('secrets', () => {
    test('go in, serve, and never come out', async () => {
      const { admin, visitor, app } = await open()
      const { version } = await setting(admin, 'identity')
      const kept = await put(admin, 'identity', IDENTITY, version)
      expect(JSON.stringify([kept, await settings(admin), await visitor.get<SiteView>('/api/site'), await logged(admin)])).not.toMatch(SECRETS)
      expect(JSON.stringify(await app.database.read.selectFrom('settings').selectAll().execute())).not.toMatch(SECRETS)
      expect(await app.core.site.identitySettings()).toEqual(IDENTITY)
      expect((await visitor.get<SiteView>('/api/site')).identity).toEqual({ phone: true, providers: [{ id: 'zwfw', name: '政务服务网' }] })
      expect((await logged(admin))[0]).toMatchObject({ subject: 'identity', detail: { sms: 'http', providers: 'zwfw' } })
    })

    test('stay when they are left empty, and are not led elsewhere', async () => {
      const { admin, app } = await open()
      const { version } = await setting(admin, 'identity')
      const kept = await put(admin, 'identity', IDENTITY, version)
      const renamed = await put(admin, 'identity', { ...kept.value, providers: [{ ...PROVIDER, name: '省网', secret: '' }] }, kept.version)
      expect((await app.core.site.identitySettings()).providers).toEqual([{ ...PROVIDER, name: '省网' }])
      const elsewhere = { ...renamed.value, providers: [{ ...PROVIDER, issuer: 'https://other.example', secret: '' }] }
      await expect(put(admin, 'identity', elsewhere, renamed.version)).rejects.toMatchObject(invalid('value.providers.0.secret', 'secret_needed'))
      await put(admin, 'identity', { ...elsewhere, providers: [{ ...PROVIDER, issuer: 'https://other.example', secret: 'another-secret' }] }, renamed.version)
      expect((await app.core.site.identitySettings()).providers[0]?.secret).toBe('another-secret')
    })
  })

  test('of two who change the same thing, the second is told; what stays as it is is no change', async () => {
    const { admin } = await open()
    const { version, value } = await setting(admin, 'retention')
    const first = await put(admin, 'retention', { ...value, chatDays: 30 }, version)
    expect(first).toMatchObject({ version: version + 1, by: '王主任' })
    await expect(put(admin, 'retention', { ...value, chatDays: 90 }, version)).rejects.toMatchObject(refused('stale', { current: { key: 'retention', version: first.version, value: { chatDays: 30 } } }))
    expect(await put(admin, 'retention', first.value, first.version)).toEqual(first)
    expect((await logged(admin)).filter(({ subject }) => subject === 'retention')).toHaveLength(1)
    await expect(put(admin, 'retention', { ...value, logDays: 59 }, first.version)).rejects.toMatchObject(invalid('value.logDays', 'too_small'))
  })

  test('of many at once, one wins', async () => {
    const { admin } = await open()
    const { version } = await setting(admin, 'workdays')
    const tries = await Promise.allSettled(['01', '02', '03', '04'].map((day) => put(admin, 'workdays', [{ date: `2026-12-${day}`, working: false, note: day }], version)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const tried of tries) if (tried.status === 'rejected') expect(tried.reason).toMatchObject(refused('stale'))
  })

  test('a privacy notice is a new version each time its words change', async () => {
    const { admin, visitor, app } = await open()
    const before = await visitor.get<PrivacyNotice>('/api/site/privacy')
    await change(admin, 'privacy', { 'zh-CN': '我们只保存必要的信息。', en: 'We keep what is necessary.' })
    const published = await visitor.get<PrivacyNotice>('/api/site/privacy')
    expect(published).toMatchObject({ version: before.version + 1, text: { 'zh-CN': '我们只保存必要的信息。' } })
    await change(admin, 'privacy', {})
    expect((await visitor.get<SiteView>('/api/site')).privacy?.version).toBe(published.version)
    await expect(change(admin, 'privacy', { en: '' })).rejects.toMatchObject(invalid('value.en', 'too_short'))
    await change(admin, 'privacy', { 'zh-CN': '', en: '' })
    await expect(visitor.get('/api/site/privacy')).rejects.toMatchObject(refused('not_found'))
    expect((await visitor.get<SiteView>('/api/site')).privacy).toBeNull()
    expect(await app.database.read.selectFrom('privacyNotices').select('version').orderBy('version').execute()).toHaveLength(published.version + 1)
    await change(admin, 'privacy', { 'zh-CN': '重新发布。', en: 'Published again.' })
    expect((await visitor.get<SiteView>('/api/site')).privacy?.version).toBe(published.version + 2)
    const draft = await admin.get<PrivacyNotice['text']>('/api/admin/privacy/draft')
    expect(draft['zh-CN']).toContain(`${DEFAULT_SITE.retention.peopleDays} 天`)
  })

  test('a second factor that is asked of all takes rights away within a second, also from an open socket', async () => {
    const { admin, url } = await open()
    const { person: staff } = await join({ url }, admin, { username: 'staff.one' })
    expect((await staff.get<Me>('/api/me')).grants).toMatchObject([{ role: 'staff' }])
    const socket = await client(url, { person: staff })
    const started = performance.now()
    await change(admin, 'security', { secondFactor: 'everybody' })
    await socket.next('access:revoked', () => true)
    expect(performance.now() - started).toBeLessThan(1_500)
    expect(await staff.get<Me>('/api/me')).toMatchObject({ grants: [], account: { secondFactor: 'required' } })
    await change(admin, 'security', { secondFactor: 'administrators' })
    await expect.poll(async () => (await staff.get<Me>('/api/me')).grants.length, { timeout: 3_000 }).toBe(1)
  })
})
