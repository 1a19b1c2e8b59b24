import { Router } from 'express'
import type { Logger } from 'pino'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import type { SystemService } from './service.ts'

export function systemRoutes(deps: { service: SystemService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.get('/api/admin/health', answer(log, async (_request, response) => service.health(personOf(response))))
  router.get('/api/admin/storage', answer(log, async (_request, response) => service.storage(personOf(response))))
  router.get('/api/admin/work', answer(log, async (_request, response) => service.work(personOf(response))))
  return router
}
