import type { RequestHandler, Response } from 'express'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { IdentityCookie } from '../accounts/cookie.ts'
import { refuse } from './answer.ts'
import { fromOurPages } from './request.ts'

/** Gives every request its person; whoever has none yet becomes a new one. */
export function identify(cookie: IdentityCookie): RequestHandler {
  return (request, response, next) => {
    let personId = cookie.read(request)
    if (!personId) {
      const issued = cookie.issue()
      personId = issued.personId
      response.append('Set-Cookie', issued.setCookie)
    }
    response.locals['personId'] = personId
    next()
  }
}

/** The person of a request that passed {@link identify}. */
export function personOf(response: Response): string {
  const personId: unknown = response.locals['personId']
  if (typeof personId !== 'string') throw new RefusedError('unauthenticated')
  return personId
}

/** Refuses what changes something and comes from another site's page. */
export function sameSite(publicUrl: string): RequestHandler {
  return (request, response, next) => {
    const safe = request.method === 'GET' || request.method === 'HEAD'
    if (safe || fromOurPages(request, publicUrl)) next()
    else refuse(response, { code: 'forbidden' })
  }
}
