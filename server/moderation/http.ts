import { Router, json } from 'express'
import type { Logger } from 'pino'
import { setPlatformWordsSchema } from '../../shared/moderation.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { PlatformWordService } from './platformWords.ts'

/** The longest list, in bytes. */
const WORDS_BYTES = 512 * 1024

export function wordRoutes(deps: { service: PlatformWordService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.get('/api/admin/words', answer(log, async (_request, response) => service.list(personOf(response))))
  router.put(
    '/api/admin/words',
    json({ limit: WORDS_BYTES }),
    answer(log, async (request, response) => service.replace(personOf(response), clientAddress(request), parseInput(setPlatformWordsSchema, request.body))),
  )
  return router
}
