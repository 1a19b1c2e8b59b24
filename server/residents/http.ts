import { Router, json } from 'express'
import type { Response } from 'express'
import type { Logger } from 'pino'
import { confirmCodeSchema, consentSchema, eraseSchema, lookUpSchema, oidcParamsSchema, oidcStartSchema, sendCodeSchema } from '../../shared/identity.ts'
import type { Cookies } from '../accounts/cookie.ts'
import { answer, refuse } from '../http/answer.ts'
import { identityOf, personOf, placeOf, signInHere, signOutHere } from '../http/identity.ts'
import { LIMITS } from '../../shared/limits.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { Bound } from './binding.ts'
import { UNDER_WAY_MS } from './oidc.ts'
import type { Residents } from './register.ts'
import { backWith } from './rules.ts'

export function residentRoutes(deps: { service: Residents; cookies: Cookies; log: Logger }): Router {
  const { service, cookies, log } = deps
  const { consents, phone, oidc, data, erasing, lookUps } = service
  const router = Router()
  const body = json({ limit: LIMITS.jsonBodyBytes })

  /** Tells the browser who it is from now on. */
  function signIn(response: Response, { signIn: opened }: Bound): void {
    if (opened) signInHere(response, opened)
  }

  router.post('/api/me/phone', body, answer(log, async (request, response) => phone.send(identityOf(response), placeOf(request), parseInput(sendCodeSchema, request.body))))
  router.post(
    '/api/me/phone/confirm',
    body,
    answer(log, async (request, response) => {
      signIn(response, await phone.confirm(identityOf(response), placeOf(request), parseInput(confirmCodeSchema, request.body)))
      return null
    }),
  )

  router.get('/api/me/oidc/:provider', (request, response) => {
    // What does not fit leads to the page of one's own identity, not to a page of JSON.
    const start = oidcStartSchema.safeParse(request.query)
    const back = start.success ? start.data.back : '/me'
    Promise.resolve()
      .then(() => oidc.begin(identityOf(response), placeOf(request), parseInput(oidcParamsSchema, request.params).provider, back))
      .then(
        ({ url, kept }) => {
          response.append('Set-Cookie', cookies.passing.set('oidc', kept, UNDER_WAY_MS / 1_000))
          response.redirect(303, url)
        },
        (error: unknown) => response.redirect(303, backWith(back, toRefusal(error, log, 'GET /api/me/oidc').code)),
      )
  })
  router.get('/api/me/oidc/:provider/callback', (request, response) => {
    const search = new URL(request.originalUrl, 'http://here.invalid').search
    Promise.resolve()
      .then(() => parseInput(oidcParamsSchema, request.params).provider)
      .then((provider) => oidc.finish(identityOf(response), placeOf(request), cookies.passing.read('oidc', request), provider, search, (error) => void toRefusal(error, log, 'oidc callback')))
      .then(
        ({ back, bound, refused }) => {
          response.append('Set-Cookie', cookies.passing.clear('oidc'))
          if (bound) signIn(response, bound)
          response.redirect(303, backWith(back, refused))
        },
        (error: unknown) => response.redirect(303, backWith('/me', toRefusal(error, log, 'oidc callback').code)),
      )
  })

  router.put('/api/me/consent', body, answer(log, async (request, response) => consents.give(personOf(response), parseInput(consentSchema, request.body))))

  router.get('/api/me/data', (_request, response) => {
    Promise.resolve()
      .then(() => data.of(personOf(response)))
      .then(
        (file) => response.type('json').set('Content-Disposition', 'attachment; filename="fangtan-personal-data.json"').send(JSON.stringify(file, null, 2)),
        (error: unknown) => refuse(response, toRefusal(error, log, 'personal data')),
      )
  })
  router.post(
    '/api/me/erase',
    body,
    answer(log, async (request, response) => {
      parseInput(eraseSchema, request.body)
      const erased = await erasing.erase(identityOf(response))
      // Both cookies named somebody who is no more.
      signOutHere(response)
      response.append('Set-Cookie', cookies.anonymous.clear())
      return erased
    }),
  )

  router.post('/api/admin/look-ups', body, answer(log, async (request, response) => lookUps.find(personOf(response), placeOf(request).address, parseInput(lookUpSchema, request.body))))
  return router
}
