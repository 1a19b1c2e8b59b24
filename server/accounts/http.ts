import { Router, json } from 'express'
import type { Logger } from 'pino'
import { actOnLinkSchema, addTeamSchema, createLinkSchema, linkActParamsSchema, openLinkSchema, sessionParamsSchema, teamParamsSchema } from '../../shared/accounts.ts'
import { LIMITS } from '../../shared/limits.ts'
import { answer } from '../http/answer.ts'
import { identityOf, personOf, placeOf, signInHere, signOutHere } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput } from '../realtime/handle.ts'
import type { LinkService } from './links.ts'
import type { LinkOpening } from './opening.ts'
import type { AccountService } from './service.ts'
import type { TeamService } from './team.ts'

export function accountRoutes(deps: { service: AccountService; links: LinkService; opening: LinkOpening; team: TeamService; log: Logger }): Router {
  const { service, links, opening, team, log } = deps
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })

  router.get('/api/me', answer(log, (_request, response) => service.me(identityOf(response))))
  router.post(
    '/api/sign-out',
    answer(log, async (request, response) => {
      const done = await service.signOut(identityOf(response), clientAddress(request))
      signOutHere(response)
      return done
    }),
  )
  router.post(
    '/api/links/open',
    body,
    answer(log, async (request, response) => {
      const { link, signIn } = await opening.open(identityOf(response), parseInput(openLinkSchema, request.body), placeOf(request))
      if (signIn) signInHere(response, signIn)
      return link
    }),
  )

  router.get('/api/sessions/:id/links', answer(log, async (request, response) => links.list(personOf(response), parseInput(sessionParamsSchema, request.params).id)))
  router.post(
    '/api/sessions/:id/links',
    body,
    answer(log, async (request, response) =>
      links.create(personOf(response), parseInput(sessionParamsSchema, request.params).id, parseInput(createLinkSchema, request.body), clientAddress(request)),
    ),
  )
  router.put(
    '/api/sessions/:id/links/:linkId',
    body,
    answer(log, async (request, response) => {
      const { id, linkId } = parseInput(linkActParamsSchema, request.params)
      return links.act(personOf(response), id, linkId, parseInput(actOnLinkSchema, request.body), clientAddress(request))
    }),
  )

  router.get('/api/staff', answer(log, (_request, response) => team.colleagues(personOf(response))))
  router.get('/api/sessions/:id/team', answer(log, async (request, response) => team.list(personOf(response), parseInput(sessionParamsSchema, request.params).id)))
  router.post(
    '/api/sessions/:id/team',
    body,
    answer(log, async (request, response) => team.add(personOf(response), parseInput(sessionParamsSchema, request.params).id, parseInput(addTeamSchema, request.body), clientAddress(request))),
  )
  router.delete(
    '/api/sessions/:id/team/:grantId',
    answer(log, async (request, response) => {
      const { id, grantId } = parseInput(teamParamsSchema, request.params)
      return team.remove(personOf(response), id, grantId, clientAddress(request))
    }),
  )
  return router
}
