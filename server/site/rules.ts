import { accentProperties } from '../../shared/rules/accents.ts'
import type { Accent } from '../../shared/rules/accents.ts'
import type { AuditEntry } from '../../shared/administration.ts'
import type { InputIssue } from '../../shared/protocol/errors.ts'
import type { ChangeSetting, KeptSetting, PrivacyNotice, SiteSettings, SiteView } from '../../shared/site.ts'

type Identity = SiteSettings['identity']
type Sms = Identity['sms']

/** Every secret of it through `change`; an empty one stays empty. */
export function withSecrets({ sms, providers }: Identity, change: (secret: string) => string): Identity {
  const changed = (secret: string) => (secret === '' ? '' : change(secret))
  const of = (gateway: Sms): Sms => (gateway.kind === 'http' ? { ...gateway, secret: changed(gateway.secret) } : gateway)
  return { sms: of(sms), providers: providers.map((provider) => ({ ...provider, secret: changed(provider.secret) })) }
}

/** What may be shown: without the secrets. */
export const blanked = (setting: KeptSetting): KeptSetting => (setting.key === 'identity' ? { ...setting, value: withSecrets(setting.value, () => '') } : setting)

/** The secrets that `next` leaves empty, out of what is kept. */
export function keepSecrets(next: Identity, kept: Identity): Identity {
  const gateway: Sms = next.sms.kind === 'http' && next.sms.secret === '' && kept.sms.kind === 'http' ? { ...next.sms, secret: kept.sms.secret } : next.sms
  const secretOf = (id: string) => kept.providers.find((provider) => provider.id === id)?.secret ?? ''
  return { sms: gateway, providers: next.providers.map((provider) => (provider.secret === '' ? { ...provider, secret: secretOf(provider.id) } : provider)) }
}

/** A client's secret was given for one provider: whoever leads it elsewhere has to give it again, or it could be had by naming an issuer of one's own. */
export function secretsNeeded(next: Identity, kept: Identity): InputIssue[] {
  return next.providers.flatMap(({ id, issuer, clientId, secret }, at) => {
    const before = kept.providers.find((provider) => provider.id === id)
    const elsewhere = before !== undefined && before.secret !== '' && (before.issuer !== issuer || before.clientId !== clientId)
    return secret === '' && elsewhere ? [{ path: `value.providers.${at}.secret`, code: 'secret_needed' }] : []
  })
}

export function siteView({ url, branding, identity, notice }: { url: string; branding: SiteSettings['branding']; identity: Identity; notice: PrivacyNotice | null }): SiteView {
  return {
    url,
    ...branding,
    privacy: notice && { version: notice.version, at: notice.at },
    identity: { phone: identity.sms.kind !== 'off', providers: identity.providers.map(({ id, name }) => ({ id, name })) },
  }
}

/** Wins over the colour in web/style.css because it stands in no layer. */
export const brandingCss = (accent: Accent): string =>
  `:root{${Object.entries(accentProperties(accent))
    .map(([name, color]) => `${name}:${color}`)
    .join(';')}}\n`

/** What the log of acts keeps of a change: never a secret. */
export function changeDetail({ key, value }: ChangeSetting): AuditEntry['detail'] {
  switch (key) {
    case 'branding':
      return { name: value.name, accent: value.accent, emblem: value.emblemId !== null }
    case 'identity':
      return { sms: value.sms.kind, providers: value.providers.map(({ id }) => id).join(' ') }
    case 'privacy':
      return { published: value['zh-CN'] !== '' }
    case 'retention':
      return value
    case 'workdays':
      return { days: value.length }
    case 'security':
      return { secondFactor: value.secondFactor }
  }
}
