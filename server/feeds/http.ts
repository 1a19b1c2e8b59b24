import { Router } from 'express'
import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import { feedQuerySchema } from '../../shared/embed.ts'
import { refuse } from '../http/answer.ts'
import { harmless } from '../http/file.ts'
import { clientAddress } from '../http/request.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { FeedService } from './service.ts'

/** How often programs that follow a feed need to look, in seconds; with an ETag, most looks are answered with 304. */
const FRESH = 300

/** Outside of /api: these addresses are given to programs, and stay. */
export function feedRoutes({ service, limit, log }: { service: FeedService; limit: RateLimiter; log: Logger }): Router {
  const router = Router()

  function answering(type: string, make: (kind: ReturnType<typeof feedQuerySchema.parse>['kind'], response: Response) => Promise<string>) {
    return (request: Request, response: Response) => {
      Promise.resolve()
        .then(() => limit.take(clientAddress(request)))
        .then(() => make(parseInput(feedQuerySchema, request.query).kind, response))
        .then(
          (text) => harmless(response).set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*', 'Cache-Control': `public, max-age=${FRESH}` }).type(`${type}; charset=utf-8`).send(text),
          (error: unknown) => refuse(response, toRefusal(error, log, 'feed')),
        )
    }
  }

  for (const format of ['atom', 'rss'] as const) {
    router.get(
      `/feed.${format}`,
      answering(`application/${format}+xml`, async (kind, response) => {
        const { text, changed } = await service.feed(format, kind)
        response.set('Last-Modified', changed.toUTCString())
        return text
      }),
    )
  }
  router.get('/calendar.ics', answering('text/calendar', (kind) => service.calendar(kind)))
  return router
}
