import { z } from 'zod'
import { ACCENTS, SETTINGS } from '../site.ts'
import type { KeptSetting, PrivacyNotice, SettingKey, SiteView } from '../site.ts'
import { describes } from './describes.ts'
import { instant } from './questions.ts'

const text = z.string()

export const siteViewSchema = describes<SiteView>()(
  z.strictObject({
    url: text,
    name: text.describe('Empty: nobody named it yet'),
    emblemId: z.uuid().nullable(),
    accent: z.enum(ACCENTS),
    footer: text,
    privacy: z.strictObject({ version: z.int(), at: instant }).nullable(),
    identity: z.strictObject({ phone: z.boolean(), providers: z.array(z.strictObject({ id: text, name: text })) }),
  }),
)

export const noticeTextSchema = describes<PrivacyNotice['text']>()(z.strictObject({ 'zh-CN': text, en: text }))
export const privacyNoticeSchema = describes<PrivacyNotice>()(z.strictObject({ version: z.int(), at: instant, text: noticeTextSchema }))

const kept = <K extends SettingKey, S extends z.ZodType>(key: K, value: S) => z.strictObject({ key: z.literal(key), value, version: z.int(), at: instant.nullable(), by: text.nullable() })
export const keptSettingSchema = describes<KeptSetting>()(
  z.union([
    kept('branding', SETTINGS.branding),
    kept('identity', SETTINGS.identity).describe('Secrets are empty'),
    kept('privacy', SETTINGS.privacy),
    kept('retention', SETTINGS.retention),
    kept('workdays', SETTINGS.workdays),
    kept('security', SETTINGS.security),
  ]),
)
