import { describe, expect, test } from 'vitest'
import { ACCENTS, DEFAULT_SITE } from '../../shared/site.ts'
import type { SiteSettings } from '../../shared/site.ts'
import { blanked, brandingCss, changeDetail, keepSecrets, secretsNeeded, siteView, withSecrets } from './rules.ts'

type Identity = SiteSettings['identity']
const provider = { id: 'zwfw', name: '政务服务网', issuer: 'https://id.example', clientId: 'fangtan', secret: 'one' }
const kept: Identity = { sms: { kind: 'http', url: 'https://sms.example', secret: 'two' }, providers: [provider] }
const empty: Identity = { sms: { kind: 'http', url: 'https://sms.example', secret: '' }, providers: [{ ...provider, secret: '' }] }

describe('secrets', () => {
  test('are blanked where they are shown, and only those', () => {
    const shown = blanked({ key: 'identity', value: kept, version: 3, at: null, by: null })
    expect(shown.value).toEqual(empty)
    expect(JSON.stringify(shown)).not.toMatch(/one|two/)
    const branding = { key: 'branding' as const, value: DEFAULT_SITE.branding, version: 0, at: null, by: null }
    expect(blanked(branding)).toEqual(branding)
  })

  test('stay when they are left empty', () => {
    expect(keepSecrets(empty, kept)).toEqual(kept)
    expect(keepSecrets({ ...empty, sms: { kind: 'console' } }, kept)).toEqual({ ...kept, sms: { kind: 'console' } })
    expect(keepSecrets({ ...empty, providers: [{ ...provider, secret: 'new' }] }, kept).providers[0]?.secret).toBe('new')
  })

  test('are asked for anew when they would go elsewhere', () => {
    expect(secretsNeeded(empty, kept)).toEqual([])
    expect(secretsNeeded({ ...empty, providers: [{ ...provider, secret: '', issuer: 'https://evil.example' }] }, kept)).toEqual([{ path: 'value.providers.0.secret', code: 'secret_needed' }])
    expect(secretsNeeded({ ...empty, providers: [{ ...provider, secret: '', clientId: 'other' }] }, kept)).toHaveLength(1)
    expect(secretsNeeded({ ...empty, providers: [{ ...provider, secret: 'new', issuer: 'https://evil.example' }] }, kept)).toEqual([])
    expect(secretsNeeded({ ...empty, providers: [{ ...provider, secret: '', id: 'public-client' }] }, kept)).toEqual([])
    expect(secretsNeeded({ sms: { kind: 'off' }, providers: [] }, kept)).toEqual([])
  })

  test('pass through whatever is done to them; what is empty stays empty', () => {
    expect(withSecrets(empty, () => 'x')).toEqual(empty)
    expect(withSecrets(kept, (secret) => secret.toUpperCase())).toMatchObject({ sms: { secret: 'TWO' }, providers: [{ secret: 'ONE' }] })
  })

  test('are in no log', () => expect(JSON.stringify(changeDetail({ key: 'identity', expectedVersion: 0, value: kept }))).not.toMatch(/one|two/))
})

test('every page knows which ways there are, and no more of them', () => {
  const view = siteView({ url: 'https://fangtan.example', branding: { ...DEFAULT_SITE.branding, name: '某县访谈' }, identity: kept, notice: { version: 2, at: '2026-11-22T00:00:00.000Z', text: { 'zh-CN': '说明', en: 'Notice' } } })
  expect(view).toEqual({ url: 'https://fangtan.example', ...DEFAULT_SITE.branding, name: '某县访谈', privacy: { version: 2, at: '2026-11-22T00:00:00.000Z' }, identity: { phone: true, providers: [{ id: 'zwfw', name: '政务服务网' }] } })
  expect(siteView({ url: 'https://fangtan.example', branding: DEFAULT_SITE.branding, identity: DEFAULT_SITE.identity, notice: null })).toMatchObject({ privacy: null, identity: { phone: false, providers: [] } })
})

test.each(ACCENTS)('the style sheet of %s has each shade once, and nothing else', (accent) => {
  expect(brandingCss(accent)).toMatch(/^:root\{(--color-county-\d+:#[0-9a-f]{6};?){11}\}\n$/)
})
