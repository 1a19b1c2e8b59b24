import { z } from 'zod'
import type { EmbedIdentity, Oembed } from '../embed.ts'
import { describes } from './describes.ts'
import { id } from './questions.ts'

const text = z.string()

export const embedIdentitySchema = describes<EmbedIdentity>()(z.strictObject({ token: text, personId: id }))

export const oembedSchema = describes<Oembed>()(
  z.strictObject({
    version: z.literal('1.0'),
    type: z.literal('rich'),
    title: text,
    provider_name: text,
    provider_url: text,
    html: text.describe('The frame'),
    width: z.int(),
    height: z.int(),
    thumbnail_url: text,
    thumbnail_width: z.int(),
    thumbnail_height: z.int(),
    cache_age: z.int().describe('Seconds'),
  }),
)
