import { Router } from 'express'
import type { Logger } from 'pino'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { saidQuerySchema } from '../../shared/administration.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { parseInput } from '../realtime/handle.ts'
import type { AdministrationService } from './service.ts'

export function administrationRoutes(deps: { service: AdministrationService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.get('/api/admin/sessions', answer(log, async (_request, response) => service.sessions(personOf(response))))
  router.get(
    '/api/admin/sessions/:id/said',
    answer(log, async (request, response) => service.said(personOf(response), parseInput(sessionParamsSchema, request.params).id, parseInput(saidQuerySchema, request.query))),
  )
  return router
}
