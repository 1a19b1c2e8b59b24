import { Router, json } from 'express'
import type { Logger } from 'pino'
import { createForumSchema, editForumSchema, forumParamsSchema } from '../../shared/forums.ts'
import { LIMITS } from '../../shared/limits.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { ForumService } from './service.ts'

export function forumRoutes(deps: { service: ForumService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })
  router.get('/api/forums', answer(log, async () => service.list()))
  router.get('/api/admin/forums', answer(log, async (_request, response) => service.all(personOf(response))))
  router.post('/api/admin/forums', body, answer(log, async (request, response) => service.create(personOf(response), clientAddress(request), parseInput(createForumSchema, request.body))))
  router.put(
    '/api/admin/forums/:id',
    body,
    answer(log, async (request, response) => {
      const { id } = parseInput(forumParamsSchema, request.params)
      return service.edit(personOf(response), clientAddress(request), id, parseInput(editForumSchema, request.body))
    }),
  )
  return router
}
