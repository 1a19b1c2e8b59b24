import { createHash } from 'node:crypto'
import { Router } from 'express'
import type { Response } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { oembedQuerySchema } from '../../shared/embed.ts'
import { refuse } from '../http/answer.ts'
import { harmless } from '../http/file.ts'
import { limited } from '../http/limited.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { PICTURE_WIDTHS, oembedXml } from './rules.ts'
import type { SharingService } from './service.ts'

const widthSchema = z.coerce.number().refine((width): width is (typeof PICTURE_WIDTHS)[number] => PICTURE_WIDTHS.some((known) => known === width))
/** `v` only makes another address of it. */
const pictureQuerySchema = z.strictObject({ w: widthSchema.default(1200), v: z.string().max(20).optional() })

/** Other sites' pages and scripts may read it. */
const forEverybody = (response: Response, seconds: number) =>
  harmless(response).set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*', 'Cache-Control': `public, max-age=${seconds}` })

/** @param deps.limit of a network address, for pictures: drawing one keeps the machine busy for a moment */
export function sharingRoutes({ service, limit, log }: { service: SharingService; limit: RateLimiter; log: Logger }): Router {
  const router = Router()
  router.get('/api/oembed', (request, response) => {
    Promise.resolve()
      .then(async () => {
        const query = parseInput(oembedQuerySchema, request.query)
        const answer = await service.oembed(query)
        if (query.format === 'xml') forEverybody(response, answer.cache_age).type('text/xml').send(oembedXml(answer))
        else forEverybody(response, answer.cache_age).json(answer)
      })
      .catch((error: unknown) => refuse(response, toRefusal(error, log, 'GET /api/oembed')))
  })
  router.get('/api/sessions/:id/picture.png', limited(limit), (request, response) => {
    Promise.resolve()
      .then(() => service.picture(parseInput(sessionParamsSchema, request.params).id, parseInput(pictureQuerySchema, request.query).w))
      .then(
        ({ png, key }) =>
          forEverybody(response, 60)
            .set('ETag', `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`)
            .type('png')
            .send(png),
        (error: unknown) => refuse(response, toRefusal(error, log, 'GET /api/sessions/:id/picture.png')),
      )
  })
  return router
}
