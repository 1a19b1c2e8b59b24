import { Router } from 'express'
import type { Request } from 'express'
import type { Logger } from 'pino'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { exportQuerySchema } from '../../shared/outcomes.ts'
import { sendFile } from '../http/file.ts'
import { personOf } from '../http/identity.ts'
import { limited } from '../http/limited.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { chosenLanguage } from './rules.ts'
import type { ExportService } from './service.ts'

const idOf = (request: Request) => parseInput(sessionParamsSchema, request.params).id
const languageOf = (request: Request) => chosenLanguage(parseInput(exportQuerySchema, request.query).lang, request.get('accept-language'))

/** @param deps.limit of a network address, for what reads a whole session */
export function exportRoutes(deps: { service: ExportService; limit: RateLimiter; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  const limit = limited(deps.limit)

  router.get(
    '/api/sessions/:id/questions.csv',
    limit,
    sendFile(log, async (request, response) => ({ name: `questions-${idOf(request)}.csv`, type: 'text/csv', body: await service.questionsTable(personOf(response), idOf(request), languageOf(request), clientAddress(request)) })),
  )
  router.get(
    '/api/sessions/:id/questions.json',
    limit,
    sendFile(log, async (request, response) => ({ name: `questions-${idOf(request)}.json`, type: 'application/json', body: JSON.stringify(await service.questions(personOf(response), idOf(request), clientAddress(request)), null, 1) })),
  )
  router.get(
    '/api/sessions/:id/outcomes.csv',
    limit,
    sendFile(log, async (request) => ({ name: `outcomes-${idOf(request)}.csv`, type: 'text/csv', body: await service.outcomesTable(idOf(request), languageOf(request)) })),
  )
  return router
}
