import { Router, raw } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { idSchema } from '../../shared/schemas.ts'
import { answer, refuse } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { PictureService } from './service.ts'

const pictureParamsSchema = z.strictObject({ id: idSchema })

export function pictureRoutes(deps: { service: PictureService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.post(
    '/api/pictures',
    raw({ type: ['image/jpeg', 'image/png', 'image/webp'], limit: LIMITS.pictureBytes }),
    answer(log, async (request, response) => {
      const body: unknown = request.body
      if (!(body instanceof Uint8Array)) throw new RefusedError('invalid_input', { issues: [{ path: '', code: 'not_a_picture' }] })
      return service.add(personOf(response), body)
    }),
  )
  router.get('/api/pictures/:id', (request, response) => {
    Promise.resolve()
      .then(() => service.get(parseInput(pictureParamsSchema, request.params).id))
      .then(
        (picture) => response.type(picture.mime).set('Cache-Control', 'public, max-age=31536000, immutable').send(Buffer.from(picture.bytes)),
        (error: unknown) => refuse(response, toRefusal(error, log, 'picture')),
      )
  })
  return router
}
