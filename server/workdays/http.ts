import { Router } from 'express'
import type { Logger } from 'pino'
import { dueQuerySchema } from '../../shared/administration.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { parseInput } from '../realtime/handle.ts'
import type { WorkdayService } from './service.ts'

export function workdayRoutes(deps: { service: WorkdayService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.get('/api/admin/workdays/due', answer(log, async (request, response) => service.due(personOf(response), parseInput(dueQuerySchema, request.query).from)))
  router.get('/api/workdays/due', answer(log, async () => service.choices()))
  return router
}
