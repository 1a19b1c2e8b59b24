import { z } from 'zod'

/** As browsers write an address: no database takes every character that may stand in a text. */
const ADDRESS = /^[\x21-\x7E]+$/

/** What a browser's PushManager gives, with the language in which it wants to be told. PUT /api/push */
export const pushSubscriptionSchema = z.strictObject({
  endpoint: z.url({ protocol: /^https$/ }).regex(ADDRESS).max(1_000),
  keys: z.strictObject({ p256dh: z.string().min(1).max(200), auth: z.string().min(1).max(100) }),
  locale: z.enum(['zh-CN', 'en']),
})
export type PushSubscriptionInput = z.infer<typeof pushSubscriptionSchema>
/** DELETE /api/push */
export const pushEndpointSchema = z.strictObject({ endpoint: z.string().regex(ADDRESS).max(1_000) })

/** What a push carries to the service worker: shown as it is. */
export type PushMessage = { title: string; body: string; /** Path within the site to open. */ path: string; tag: string }
