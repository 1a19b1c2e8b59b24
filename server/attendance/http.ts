import { Router, json } from 'express'
import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { sessionParamsSchema } from '../../shared/accounts.ts'
import { applySchema, assignSeatsSchema, attendeeActSchema, attendeeParamsSchema, checkInsSchema, inviteAttendeesSchema, remindSchema, replySchema, setAttendanceSchema } from '../../shared/attendance.ts'
import { LIMITS } from '../../shared/limits.ts'
import { exportQuerySchema } from '../../shared/outcomes.ts'
import { chosenLanguage } from '../exports/rules.ts'
import { answer } from '../http/answer.ts'
import { sendFile } from '../http/file.ts'
import { personOf } from '../http/identity.ts'
import { limited } from '../http/limited.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { Attendance } from './register.ts'

const idOf = (request: Request) => parseInput(sessionParamsSchema, request.params).id

/** @param deps.limit of a network address, for what reads a whole list */
export function attendanceRoutes(deps: { attendance: Attendance; limit: RateLimiter; log: Logger }): Router {
  const { office, replies, door, reminders, table } = deps.attendance
  const { log } = deps
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })
  const on = <S extends z.ZodType>(schema: S, act: (person: string, session: string, input: z.output<S>, address: string) => Promise<unknown>): RequestHandler =>
    answer(log, async (request: Request, response: Response) => act(personOf(response), idOf(request), parseInput(schema, request.body), clientAddress(request)))

  router.get('/api/sessions/:id/attendance', answer(log, async (request, response) => office.list(personOf(response), idOf(request))))
  router.put('/api/sessions/:id/attendance', body, on(setAttendanceSchema, office.set))
  router.post('/api/sessions/:id/attendance/hall-code', answer(log, async (request, response) => office.renewHallCode(personOf(response), idOf(request), clientAddress(request))))
  router.get('/api/sessions/:id/attendance/own', answer(log, async (request, response) => replies.own(personOf(response), idOf(request))))
  router.post('/api/sessions/:id/attendance/own', body, on(replySchema, (person, session, { coming }) => replies.reply(person, session, coming)))
  router.post('/api/sessions/:id/attendance/apply', body, on(applySchema, replies.apply))

  router.post('/api/sessions/:id/attendees', body, on(inviteAttendeesSchema, office.invite))
  router.post('/api/sessions/:id/attendees/seats', body, on(assignSeatsSchema, office.seat))
  router.post('/api/sessions/:id/attendees/remind', body, on(remindSchema, (person, session, { attendeeIds }, address) => reminders.remind(person, session, attendeeIds, address)))
  router.put(
    '/api/sessions/:id/attendees/:attendeeId',
    body,
    answer(log, async (request, response) => {
      const { id, attendeeId } = parseInput(attendeeParamsSchema, request.params)
      return office.act(personOf(response), id, attendeeId, parseInput(attendeeActSchema, request.body), clientAddress(request))
    }),
  )
  router.get(
    '/api/sessions/:id/attendees.csv',
    limited(deps.limit),
    sendFile(log, async (request, response) => {
      const language = chosenLanguage(parseInput(exportQuerySchema, request.query).lang, request.get('accept-language'))
      return { name: `attendees-${idOf(request)}.csv`, type: 'text/csv', body: await table.table(personOf(response), idOf(request), language, clientAddress(request)) }
    }),
  )

  router.get('/api/sessions/:id/door', answer(log, async (request, response) => door.list(personOf(response), idOf(request))))
  router.post('/api/sessions/:id/check-ins', body, on(checkInsSchema, (person, session, { checkIns }) => door.checkIn(person, session, checkIns)))
  return router
}
