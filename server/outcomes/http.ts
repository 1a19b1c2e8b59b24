import { Router } from 'express'
import type { Logger } from 'pino'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { outcomesQuerySchema } from '../../shared/outcomes.ts'
import { answer } from '../http/answer.ts'
import { parseInput } from '../realtime/handle.ts'
import type { OutcomeService } from './service.ts'

export function outcomeRoutes(deps: { service: OutcomeService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.get('/api/sessions/:id/outcomes', answer(log, async (request) => service.page(parseInput(sessionParamsSchema, request.params).id, parseInput(outcomesQuerySchema, request.query))))
  router.get('/api/sessions/:id/rule', answer(log, async (request) => service.rule(parseInput(sessionParamsSchema, request.params).id)))
  return router
}
