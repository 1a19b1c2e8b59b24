import { Router } from 'express'
import type { Logger } from 'pino'
import { receiptParamsSchema } from '../../shared/questions.ts'
import { answer } from '../http/answer.ts'
import { parseInput } from '../realtime/handle.ts'
import type { QuestionService } from './service.ts'

export function questionRoutes(deps: { service: QuestionService; log: Logger }): Router {
  const router = Router()
  router.get('/api/questions/:receipt', answer(deps.log, async (request) => deps.service.fate(parseInput(receiptParamsSchema, request.params).receipt)))
  return router
}
