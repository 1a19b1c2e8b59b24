import { Router, json } from 'express'
import type { Request } from 'express'
import type { Logger } from 'pino'
import { LIMITS } from '../../shared/limits.ts'
import { createWebhookSchema, deliveryParamsSchema, editWebhookSchema, webhookParamsSchema } from '../../shared/webhooks.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { WebhookService } from './service.ts'

export function webhookRoutes(deps: { service: WebhookService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })
  const idOf = (request: Request) => parseInput(webhookParamsSchema, request.params).id
  router.get('/api/webhooks', answer(log, async (_request, response) => service.list(personOf(response))))
  router.post('/api/webhooks', body, answer(log, async (request, response) => service.create(personOf(response), parseInput(createWebhookSchema, request.body), clientAddress(request))))
  router.put('/api/webhooks/:id', body, answer(log, async (request, response) => service.edit(personOf(response), idOf(request), parseInput(editWebhookSchema, request.body), clientAddress(request))))
  router.delete('/api/webhooks/:id', answer(log, async (request, response) => service.delete(personOf(response), idOf(request), clientAddress(request))))
  router.post('/api/webhooks/:id/test', answer(log, async (request, response) => service.test(personOf(response), idOf(request), clientAddress(request))))
  router.get('/api/webhooks/:id/deliveries', answer(log, async (request, response) => service.deliveries(personOf(response), idOf(request))))
  router.post(
    '/api/webhooks/:id/deliveries/:deliveryId/again',
    answer(log, async (request, response) => {
      const { id, deliveryId } = parseInput(deliveryParamsSchema, request.params)
      return service.redeliver(personOf(response), id, deliveryId, clientAddress(request))
    }),
  )
  return router
}
