import { Router } from 'express'
import type { Logger } from 'pino'
import { answer } from '../http/answer.ts'
import { clientAddress } from '../http/request.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { EmbedTokens } from './tokens.ts'

/** For whom nobody knows yet: asked before anybody is given a cookie. */
export function embedRoutes({ tokens, limit, log }: { tokens: EmbedTokens; limit: RateLimiter; log: Logger }): Router {
  const router = Router()
  router.post(
    '/api/embed/identity',
    answer(log, async (request, response) => {
      response.set('Cache-Control', 'no-store')
      await limit.take(clientAddress(request))
      return tokens.issue()
    }),
  )
  return router
}
