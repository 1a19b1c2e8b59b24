import { Router, json } from 'express'
import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import { LIMITS } from '../../shared/limits.ts'
import {
  acceptInvitationSchema,
  actOnStaffSchema,
  beginSecondFactorSchema,
  changePasswordSchema,
  confirmSecondFactorSchema,
  editStaffSchema,
  inviteSchema,
  lookInvitationSchema,
  removeSecondFactorSchema,
  setupSchema,
  signInCodeSchema,
  signInParamsSchema,
  signInSchema,
  staffParamsSchema,
} from '../../shared/staff.ts'
import { answer } from '../http/answer.ts'
import { identityOf, placeOf, signInHere, signOutHere } from '../http/identity.ts'
import { parseInput } from '../realtime/handle.ts'
import type { Caller, Entered } from './deps.ts'
import type { Staff } from './register.ts'

const callerOf = (request: Request, response: Response): Caller => ({ ...identityOf(response), ...placeOf(request) })

/** The answer, with the browser's new cookie where it was signed in. */
async function entering<T>(response: Response, act: Promise<Entered<T>>): Promise<T> {
  const { answer: given, opened } = await act
  if (opened) signInHere(response, opened)
  return given
}

export function staffRoutes({ staff, log }: { staff: Staff; log: Logger }): Router {
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })
  const on = (act: (caller: Caller, request: Request, response: Response) => Promise<unknown>) => answer(log, async (request, response) => act(callerOf(request, response), request, response))
  const idOf = (request: Request) => parseInput(staffParamsSchema, request.params).id

  router.post('/api/sign-in', body, on((caller, { body: sent }, response) => entering(response, staff.signing.begin(caller, parseInput(signInSchema, sent)))))
  router.post('/api/sign-in/code', body, on((caller, { body: sent }, response) => entering(response, staff.signing.finish(caller, parseInput(signInCodeSchema, sent)))))

  router.get('/api/account', on((caller) => staff.account.view(caller)))
  router.put('/api/account/password', body, on((caller, { body: sent }, response) => entering(response, staff.account.changePassword(caller, parseInput(changePasswordSchema, sent)))))
  router.delete('/api/account/sign-ins', on((caller) => staff.account.endOthers(caller)))
  router.delete(
    '/api/account/sign-ins/:id',
    on(async (caller, request, response) => {
      if (await staff.account.end(caller, parseInput(signInParamsSchema, request.params).id)) signOutHere(response)
      return null
    }),
  )
  router.post('/api/account/second-factor', body, on((caller, { body: sent }) => staff.secondFactor.begin(caller, parseInput(beginSecondFactorSchema, sent).password)))
  router.put('/api/account/second-factor', body, on((caller, { body: sent }, response) => entering(response, staff.secondFactor.confirm(caller, parseInput(confirmSecondFactorSchema, sent).code))))
  router.post('/api/account/second-factor/remove', body, on((caller, { body: sent }) => staff.secondFactor.remove(caller, parseInput(removeSecondFactorSchema, sent))))
  router.post('/api/account/recovery-codes', body, on((caller, { body: sent }) => staff.secondFactor.renewRecovery(caller, parseInput(beginSecondFactorSchema, sent).password)))

  router.post('/api/invitations/look', body, on((caller, { body: sent }) => staff.invitations.look(caller, parseInput(lookInvitationSchema, sent).token)))
  router.post('/api/invitations/accept', body, on((caller, { body: sent }, response) => entering(response, staff.invitations.accept(caller, parseInput(acceptInvitationSchema, sent)))))
  router.get('/api/setup', on(() => staff.setup.state()))
  router.post('/api/setup', body, on((caller, { body: sent }, response) => entering(response, staff.setup.setUp(caller, parseInput(setupSchema, sent)))))

  router.get('/api/admin/people', on((caller) => staff.people.list(caller)))
  router.put('/api/admin/people/:id', body, on((caller, request) => staff.people.edit(caller, idOf(request), parseInput(editStaffSchema, request.body))))
  router.post('/api/admin/people/:id/act', body, on((caller, request) => staff.people.act(caller, idOf(request), parseInput(actOnStaffSchema, request.body).action)))
  router.get('/api/admin/invitations', on((caller) => staff.invitations.list(caller)))
  router.post('/api/admin/invitations', body, on((caller, { body: sent }) => staff.invitations.create(caller, parseInput(inviteSchema, sent))))
  router.delete('/api/admin/invitations/:id', on((caller, request) => staff.invitations.revoke(caller, idOf(request))))
  return router
}
