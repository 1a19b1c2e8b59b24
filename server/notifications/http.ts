import { Router, json } from 'express'
import type { Logger } from 'pino'
import { LIMITS } from '../../shared/limits.ts'
import { pushEndpointSchema, pushSubscriptionSchema } from '../../shared/push.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { PushService } from './service.ts'

export function pushRoutes(deps: { service: PushService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })
  router.get('/api/push/key', answer(log, () => service.key()))
  router.put('/api/push', body, answer(log, async (request, response) => service.subscribe(personOf(response), clientAddress(request), parseInput(pushSubscriptionSchema, request.body))))
  router.delete('/api/push', body, answer(log, async (request, response) => service.unsubscribe(personOf(response), parseInput(pushEndpointSchema, request.body).endpoint)))
  return router
}
