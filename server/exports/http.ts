import { Router } from 'express'
import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { exportQuerySchema } from '../../shared/outcomes.ts'
import { refuse, routePattern } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { limited } from '../http/limited.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
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

  /** Answers with a file. The whole of it is made first, so that a refusal is still one. */
  function file(make: (request: Request, response: Response) => Promise<{ name: string; type: string; body: string }>): RequestHandler {
    return (request, response) => {
      make(request, response).then(
        ({ name, type, body }) => response.attachment(name).type(type).send(body),
        (error: unknown) => refuse(response, toRefusal(error, log, routePattern(request))),
      )
    }
  }

  router.get(
    '/api/sessions/:id/questions.csv',
    limit,
    file(async (request, response) => ({ name: `questions-${idOf(request)}.csv`, type: 'text/csv', body: await service.questionsTable(personOf(response), idOf(request), languageOf(request)) })),
  )
  router.get(
    '/api/sessions/:id/questions.json',
    limit,
    file(async (request, response) => ({ name: `questions-${idOf(request)}.json`, type: 'application/json', body: JSON.stringify(await service.questions(personOf(response), idOf(request)), null, 1) })),
  )
  router.get(
    '/api/sessions/:id/outcomes.csv',
    limit,
    file(async (request) => ({ name: `outcomes-${idOf(request)}.csv`, type: 'text/csv', body: await service.outcomesTable(idOf(request), languageOf(request)) })),
  )
  return router
}
