import type { Request, RequestHandler, Response } from 'express'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Cookies } from '../accounts/cookie.ts'
import { deviceOf } from '../accounts/device.ts'
import type { Identities, Identity } from '../accounts/identity.ts'
import type { OpenedSignIn, Place } from '../accounts/signIns.ts'
import { mayFromFrame } from '../embed/rules.ts'
import { refuse } from './answer.ts'
import { clientAddress, fromOurPages } from './request.ts'

type Asker = { identity: Identity; cookies: Cookies }

/**
 * Whether who comes without a person is given one to keep: by what a page asks first, and by what changes something. A picture or a list that is fetched meanwhile would make
 * another of the same browser, and what a cache between here and there keeps must name nobody.
 */
const lasts = ({ method, baseUrl, path }: Request) => (method !== 'GET' && method !== 'HEAD') || baseUrl + path === '/api/me'

/** Gives every request its person; whoever has none yet, or a cookie that says nothing any more, becomes a new one. A frame's token is never answered with cookies. */
export function identify(identities: Identities, cookies: Cookies): RequestHandler {
  async function known(request: Request, response: Response): Promise<Identity> {
    const identity = await identities.of(request)
    if (identity?.embedded) {
      if (!mayFromFrame(request.method, request.baseUrl + request.path)) throw new RefusedError('forbidden')
      return identity
    }
    if (identity) {
      const rotated = identity.signInId === null ? null : await identities.refresh(request)
      if (rotated) response.append('Set-Cookie', cookies.signIn.set(rotated.token, rotated.kind))
      return identity
    }
    const issued = cookies.anonymous.issue()
    if (lasts(request)) response.append('Set-Cookie', issued.setCookie)
    return { personId: issued.personId, signInId: null, kind: null }
  }

  return (request, response, next) => {
    known(request, response).then((identity) => {
      const asker: Asker = { identity, cookies }
      response.locals['asker'] = asker
      next()
    }, next)
  }
}

function askerOf(response: Response): Asker {
  const asker = response.locals['asker'] as Asker | undefined
  if (!asker) throw new RefusedError('unauthenticated')
  return asker
}

/** Who asks, of a request that passed {@link identify}. */
export const identityOf = (response: Response): Identity => askerOf(response).identity
/** The person who asks. */
export const personOf = (response: Response): string => identityOf(response).personId

/** From where a request comes. */
export const placeOf = (request: Request): Place => ({ address: clientAddress(request), device: deviceOf(request.get('user-agent') ?? '') })

/** Tells the browser that it is signed in; after the commit that opened or renewed the sign-in, and before the answer is sent. */
export function signInHere(response: Response, { token, kind }: OpenedSignIn): void {
  response.append('Set-Cookie', askerOf(response).cookies.signIn.set(token, kind))
}

/** Takes the sign-in cookie away; after the commit that closed the sign-in. An anonymous cookie of somebody guarded says nothing: the next request is given another. */
export function signOutHere(response: Response): void {
  response.append('Set-Cookie', askerOf(response).cookies.signIn.clear())
}

/** Refuses what changes something and comes from another site's page. */
export function sameSite(publicUrl: string): RequestHandler {
  return (request, response, next) => {
    const safe = request.method === 'GET' || request.method === 'HEAD'
    if (safe || fromOurPages(request, publicUrl)) next()
    else refuse(response, { code: 'forbidden' })
  }
}
