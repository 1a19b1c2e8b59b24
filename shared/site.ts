import { z } from 'zod'
import { LIMITS } from './limits.ts'
import { idSchema, lineSchema, textSchema, versionSchema } from './schemas.ts'

const distinct = (keys: readonly string[]) => new Set(keys).size === keys.length

/** The installation's settings, one schema per key: GET /api/admin/settings, PUT /api/admin/settings/:key (the value whole). */

/** Chosen from hues whose contrast was checked in both themes. */
export const ACCENTS = ['red', 'blue', 'teal', 'green', 'indigo', 'bronze'] as const
export const brandingSchema = z.strictObject({
  name: lineSchema(1, LIMITS.titleLength),
  /** Uploaded picture, or null for none. */
  emblemId: idSchema.nullable(),
  accent: z.enum(ACCENTS),
  /** Shown at the foot of each page: who runs the site, registration numbers. */
  footer: lineSchema(0, 200),
})

/** An OpenID Connect provider. `secret` empty: the one that is kept stays; it is never given out again. */
export const providerSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,30}$/),
  name: lineSchema(1, LIMITS.nameLength),
  issuer: z.url({ protocol: /^https?$/ }).max(300),
  clientId: z.string().min(1).max(200),
  secret: z.string().max(300),
})
/** Where one-time codes go: `console` prints them (for trying out), `http` posts them, signed, to the county's own gateway. */
export const smsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('console') }),
  z.strictObject({ kind: z.literal('http'), url: z.url({ protocol: /^https?$/ }).max(500), secret: z.string().max(300) }),
])
export const identitySettingsSchema = z.strictObject({ sms: smsSchema, providers: z.array(providerSchema).max(5).refine((providers) => distinct(providers.map(({ id }) => id)), { params: { code: 'duplicate_id' } }) })

/** In both languages. A new text makes a new version, to which everybody is asked to agree again. Empty: no notice is published yet, and nobody is asked. */
export const privacySchema = z
  .strictObject({ 'zh-CN': textSchema(0, 20_000), en: textSchema(0, 20_000) })
  .refine((text) => text['zh-CN'] !== '' || text.en === '', { path: ['zh-CN'], params: { code: 'too_short' } })
  .refine((text) => text.en !== '' || text['zh-CN'] === '', { path: ['en'], params: { code: 'too_short' } })

const days = (min: number) => z.int().min(min).max(3_650)
/** After how many days what is really deleted. */
export const retentionSchema = z.strictObject({
  /** Who did what from where; the law asks for at least 60. */
  logDays: days(60),
  /** From the end of a session on: who asked, voted and chatted is forgotten; what became public stays. */
  peopleDays: days(1),
  chatDays: days(1),
  /** Since a verified resident was last here. */
  verifiedDays: days(1),
  /** Administrators' acts. */
  auditDays: days(180),
})

/** Days that the published calendar has otherwise. `date` is YYYY-MM-DD. */
export const workdaysSchema = z.array(z.strictObject({ date: z.iso.date(), working: z.boolean(), note: lineSchema(0, 50) })).max(400).refine((days) => distinct(days.map(({ date }) => date)), { params: { code: 'duplicate_id' } })

export const securitySchema = z.strictObject({ /** Whose role counts only with a second factor. */ secondFactor: z.enum(['nobody', 'administrators', 'everybody']) })

export const SETTINGS = { branding: brandingSchema, identity: identitySettingsSchema, privacy: privacySchema, retention: retentionSchema, workdays: workdaysSchema, security: securitySchema } as const
export type SettingKey = keyof typeof SETTINGS
export type SiteSettings = { [K in SettingKey]: z.infer<(typeof SETTINGS)[K]> }
export const settingParamsSchema = z.strictObject({ key: z.enum(['branding', 'identity', 'privacy', 'retention', 'workdays', 'security']) })
/** PUT: `value` is parsed by the schema of its key. `version` guards against overwriting a colleague. */
export const setSettingSchema = z.strictObject({ expectedVersion: versionSchema, value: z.json() })
const change = <K extends SettingKey>(key: K) => z.strictObject({ key: z.literal(key), expectedVersion: versionSchema, value: SETTINGS[key] })
/** The same with its key, which says how the value is parsed. */
export const changeSettingSchema = z.discriminatedUnion('key', [change('branding'), change('identity'), change('privacy'), change('retention'), change('workdays'), change('security')])
export type ChangeSetting = z.infer<typeof changeSettingSchema>
/** A setting as kept; version 0: nobody ever changed it. Secrets are blanked. */
export type KeptSetting<K extends SettingKey = SettingKey> = { [Key in K]: { key: Key; value: SiteSettings[Key]; version: number; at: string | null; by: string | null } }[K]

export const DEFAULT_SITE: SiteSettings = {
  branding: { name: '', emblemId: null, accent: 'teal', footer: '' },
  identity: { sms: { kind: 'off' }, providers: [] },
  privacy: { 'zh-CN': '', en: '' },
  retention: { logDays: 60, peopleDays: 180, chatDays: 180, verifiedDays: 365, auditDays: 1_095 },
  workdays: [],
  security: { secondFactor: 'administrators' },
}

/** GET /api/site: what every page may know. `privacy` null: no notice is published. */
export type SiteView = {
  /** Origin under which browsers reach the site, without a trailing slash. */
  url: string
  name: string
  emblemId: string | null
  accent: (typeof ACCENTS)[number]
  footer: string
  privacy: { version: number; at: string } | null
  identity: { phone: boolean; providers: { id: string; name: string }[] }
}
/** GET /api/site/privacy */
export type PrivacyNotice = { version: number; at: string; text: { 'zh-CN': string; en: string } }
