import { z } from 'zod'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { embedIdentitySchema, oembedSchema } from '../../shared/api/sharing.ts'
import { oembedQuerySchema } from '../../shared/embed.ts'
import { data } from './operation.ts'
import type { Operation } from './operation.ts'

const pictureQuery = z.strictObject({ w: z.enum(['1200', '600', '300']).optional().describe('Width in pixels; 1200 unless given'), v: z.string().max(20).optional().describe('Only makes another address of it') })

/** How other sites show a session. */
export const SHARING_OPERATIONS: readonly Operation[] = [
  { method: 'post', path: '/api/embed/identity', tag: 'sharing', summary: 'Become somebody within a frame', description: 'Where browsers send no cookies of ours. The token is sent as `Authorization: Embed <token>`, over the socket as `auth.embed`; it stands for a resident without a name, and neither signs in, opens links nor proves who somebody is.', needs: null, answer: data(embedIdentitySchema), errors: [] },
  { method: 'get', path: '/api/oembed', tag: 'sharing', summary: 'A session’s frame, as oEmbed describes it', description: '`url` is a session’s page here; any other is `not_found`. With `format=xml` the same as XML. What is new in all sessions stands at `/feed.atom` and `/feed.rss`, what is planned at `/calendar.ics`; all three take `?kind=interview` or `?kind=symposium`.', needs: null, query: oembedQuerySchema, answer: { kind: 'file', type: 'application/json', schema: oembedSchema }, errors: ['not_found'] },
  { method: 'get', path: '/api/sessions/:id/picture.png', tag: 'sharing', summary: 'A session’s picture for other sites', description: '1200 × 630 pixels, PNG: what it is, when and where.', needs: null, params: sessionParamsSchema, query: pictureQuery, answer: { kind: 'file', type: 'image/png' }, errors: ['not_found'] },
]
