import { z } from 'zod'
import type { EmbedIdentity } from '../embed.ts'
import { describes } from './describes.ts'
import { id } from './questions.ts'

export const embedIdentitySchema = describes<EmbedIdentity>()(z.strictObject({ token: z.string(), personId: id }))
