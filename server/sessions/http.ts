import { Router, json } from 'express'
import type { Logger } from 'pino'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { setAnnouncementSchema } from '../../shared/attendance.ts'
import { cutBodySchema } from '../../shared/administration.ts'
import { LIMITS } from '../../shared/limits.ts'
import { createSessionSchema, editSessionSchema } from '../../shared/sessions.ts'
import { answer, refuse } from '../http/answer.ts'
import { harmless } from '../http/file.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import { sessionCalendar } from './calendar.ts'
import type { AnnouncementService } from './announcing.ts'
import type { CutService } from './cutting.ts'
import type { SessionService } from './service.ts'

export function sessionRoutes(deps: { service: SessionService; cuts: CutService; announcements: AnnouncementService; publicUrl: string; log: Logger }): Router {
  const { service, cuts, announcements, publicUrl, log } = deps
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })
  router.get('/api/sessions', answer(log, () => service.list()))
  router.post('/api/sessions', body, answer(log, async (request, response) => service.create(personOf(response), parseInput(createSessionSchema, request.body), clientAddress(request))))
  router.get('/api/sessions/:id', answer(log, async (request) => service.get(parseInput(sessionParamsSchema, request.params).id)))
  router.put(
    '/api/sessions/:id',
    body,
    answer(log, async (request, response) => service.edit(personOf(response), parseInput(sessionParamsSchema, request.params).id, parseInput(editSessionSchema, request.body), clientAddress(request))),
  )
  router.post(
    '/api/sessions/:id/cut',
    body,
    answer(log, async (request, response) => cuts.cut(personOf(response), { sessionId: parseInput(sessionParamsSchema, request.params).id, ...parseInput(cutBodySchema, request.body) }, clientAddress(request))),
  )
  router.put(
    '/api/sessions/:id/announcement',
    body,
    answer(log, async (request, response) => announcements.announce(personOf(response), parseInput(sessionParamsSchema, request.params).id, parseInput(setAnnouncementSchema, request.body), clientAddress(request))),
  )
  router.get('/api/sessions/:id/calendar.ics', (request, response) => {
    Promise.resolve()
      .then(() => service.get(parseInput(sessionParamsSchema, request.params).id))
      .then(
        (session) => harmless(response).type('text/calendar').attachment(`${session.id}.ics`).send(sessionCalendar(session, publicUrl)),
        (error: unknown) => refuse(response, toRefusal(error, log, 'calendar')),
      )
  })
  return router
}
