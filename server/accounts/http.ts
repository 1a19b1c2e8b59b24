import { Router } from 'express'
import type { Logger } from 'pino'
import { linkParamsSchema, sessionParamsSchema } from '../../shared/accounts.ts'
import type { Grant } from '../../shared/accounts.ts'
import { answer } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { AccountService } from './service.ts'

/** Where somebody who was just signed in wants to be. */
export function landing(grant: Grant): string {
  if (grant.sessionId === null) return '/'
  switch (grant.role) {
    case 'host':
    case 'moderator':
      return `/s/${grant.sessionId}/desk`
    case 'guest':
      return `/s/${grant.sessionId}/stage`
    case 'supervisor':
      return `/s/${grant.sessionId}/desk`
    case 'admin':
    case 'officer':
    case 'staff':
    case 'recorder':
    case 'director':
    case 'participant':
    case 'representative':
      return `/s/${grant.sessionId}`
  }
}

export function accountRoutes(deps: { service: AccountService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  router.get('/api/me', answer(log, (_request, response) => service.me(personOf(response))))
  router.get('/api/sessions/:id/links', answer(log, (request, response) => service.links(personOf(response), parseInput(sessionParamsSchema, request.params).id)))
  router.get('/in/:token', (request, response) => {
    Promise.resolve()
      .then(() => service.accept(personOf(response), parseInput(linkParamsSchema, request.params).token))
      .then(
        (grant) => response.redirect(303, landing(grant)),
        (error: unknown) => response.redirect(303, `/?refused=${toRefusal(error, log, 'GET /in').code === 'internal' ? 'internal' : 'link_invalid'}`),
      )
  })
  return router
}
