import { Router } from 'express'
import type { Logger } from 'pino'
import { auditQuerySchema, auditTableQuerySchema } from '../../shared/administration.ts'
import { chosenLanguage } from '../exports/rules.ts'
import { answer } from '../http/answer.ts'
import { sendFile } from '../http/file.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { AuditService } from './service.ts'

export function auditRoutes(deps: { service: AuditService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.get('/api/admin/audit', answer(log, async (request, response) => service.page(personOf(response), parseInput(auditQuerySchema, request.query))))
  router.get(
    '/api/admin/audit.csv',
    sendFile(log, async (request, response) => {
      const { lang, ...query } = parseInput(auditTableQuerySchema, request.query)
      const body = await service.table(personOf(response), query, chosenLanguage(lang, request.get('accept-language')), clientAddress(request))
      return { name: 'audit.csv', type: 'text/csv', body }
    }),
  )
  return router
}
