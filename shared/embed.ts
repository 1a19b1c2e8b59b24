import { z } from 'zod'

/**
 * POST /api/embed/identity: who somebody is within a page of another site, where browsers send no cookies of ours. The token stands for a person without any rights but
 * a resident's; the page keeps it and sends it as `Authorization: Embed <token>`, over the socket as `auth.embed`. A request that has one is that person's, whatever its cookies say.
 */
export type EmbedIdentity = { token: string; personId: string }
export const embedTokenSchema = z.string().min(20).max(200)

/** GET /api/oembed (oembed.com): `url` is a session's page here. */
export const oembedQuerySchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(500),
  format: z.enum(['json', 'xml']).default('json'),
  maxwidth: z.coerce.number().int().min(1).max(10_000).optional(),
  maxheight: z.coerce.number().int().min(1).max(10_000).optional(),
})
export type OembedQuery = z.infer<typeof oembedQuerySchema>
/** `rich`: `html` is the iframe. */
export type Oembed = {
  version: '1.0'
  type: 'rich'
  title: string
  provider_name: string
  provider_url: string
  html: string
  width: number
  height: number
  thumbnail_url: string
  thumbnail_width: number
  thumbnail_height: number
  cache_age: number
}

/** Query of the feeds: only sessions of one kind. */
export const feedQuerySchema = z.strictObject({ kind: z.enum(['interview', 'symposium']).optional() })

/** What the page inside the frame tells the page around it (postMessage): its height in CSS pixels. */
export type EmbedMessage = { fangtan: 'height'; session: string; height: number }
