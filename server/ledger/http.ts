import { Router } from 'express'
import type { Logger } from 'pino'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { refuse } from '../http/answer.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { LedgerService } from './service.ts'

export function ledgerRoutes(deps: { service: LedgerService; log: Logger }): Router {
  const router = Router()
  // The file itself, not an acknowledgement around it: what is downloaded is what `npm run ledger:verify` reads.
  router.get('/api/sessions/:id/ledger', (request, response) => {
    Promise.resolve()
      .then(() => deps.service.file(parseInput(sessionParamsSchema, request.params).id))
      .then(
        (file) => response.attachment(`ledger-${file.sessionId}.json`).json(file),
        (error: unknown) => refuse(response, toRefusal(error, deps.log, 'ledger')),
      )
  })
  return router
}
