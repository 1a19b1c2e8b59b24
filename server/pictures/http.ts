import { Router, raw } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { idSchema, sessionIdSchema } from '../../shared/schemas.ts'
import { answer, refuse } from '../http/answer.ts'
import { harmless } from '../http/file.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { PictureService } from './service.ts'

/** `session`: the picture is for a question of that session; `use`: the site's emblem; neither: a guest's portrait. */
const addQuerySchema = z.strictObject({ session: sessionIdSchema.optional(), use: z.literal('emblem').optional() })
const pictureParamsSchema = z.strictObject({ id: idSchema })

export function pictureRoutes(deps: { service: PictureService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.post(
    '/api/pictures',
    raw({ type: ['image/jpeg', 'image/png', 'image/webp'], limit: LIMITS.pictureBytes }),
    answer(log, async (request, response) => {
      const { session, use } = parseInput(addQuerySchema, request.query)
      const body: unknown = request.body
      if (!(body instanceof Uint8Array)) throw new RefusedError('invalid_input', { issues: [{ path: '', code: 'not_a_picture' }] })
      const personId = personOf(response)
      if (use === 'emblem') return service.addEmblem(personId, body)
      return session === undefined ? service.addPortrait(personId, body) : service.addForQuestion(personId, clientAddress(request), session, body)
    }),
  )
  router.get('/api/pictures/:id', (request, response) => {
    Promise.resolve()
      .then(() => service.get(personOf(response), parseInput(pictureParamsSchema, request.params).id))
      .then(
        ({ picture, lasting }) =>
          harmless(response)
            .type(picture.mime)
            // What follows its question is asked for each time, and answered with 304 while it stays. A cookie that goes with it is for one browser.
            .set('Cache-Control', lasting && !response.hasHeader('Set-Cookie') ? 'public, max-age=31536000, immutable' : 'private, no-cache')
            .send(Buffer.from(picture.bytes)),
        (error: unknown) => refuse(response, toRefusal(error, log, 'picture')),
      )
  })
  return router
}
