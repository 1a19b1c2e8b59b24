import { Router } from 'express'
import type { Logger } from 'pino'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { answer, refuse } from '../http/answer.ts'
import { harmless } from '../http/file.ts'
import { limited } from '../http/limited.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { LedgerService } from './service.ts'

/** @param deps.limit of a network address, for what reads a whole session */
export function ledgerRoutes(deps: { service: LedgerService; limit: RateLimiter; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  const limit = limited(deps.limit)
  // The file itself, not an acknowledgement around it: what is downloaded is what `npm run ledger:verify` reads.
  router.get('/api/sessions/:id/ledger', limit, (request, response) => {
    Promise.resolve()
      .then(() => service.file(parseInput(sessionParamsSchema, request.params).id))
      .then(
        (file) => harmless(response).attachment(`ledger-${file.sessionId}.json`).json(file),
        (error: unknown) => refuse(response, toRefusal(error, log, 'ledger')),
      )
  })
  router.get('/api/sessions/:id/ledger/check', limit, answer(log, async (request) => service.check(parseInput(sessionParamsSchema, request.params).id)))
  return router
}
