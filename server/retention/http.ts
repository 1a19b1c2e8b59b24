import { Router, json } from 'express'
import type { Logger } from 'pino'
import { LIMITS } from '../../shared/limits.ts'
import { retentionSchema } from '../../shared/site.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { RetentionService } from './service.ts'

export function retentionRoutes(deps: { service: RetentionService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })
  router.get('/api/admin/retention/preview', answer(log, async (_request, response) => service.preview(personOf(response), null)))
  router.post('/api/admin/retention/preview', body, answer(log, async (request, response) => service.preview(personOf(response), parseInput(retentionSchema, request.body))))
  router.post('/api/admin/retention/run', answer(log, async (request, response) => service.run(personOf(response), clientAddress(request))))
  return router
}
