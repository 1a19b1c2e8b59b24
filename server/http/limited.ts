import type { RequestHandler } from 'express'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { refuse } from './answer.ts'
import { clientAddress } from './request.ts'

/** Lets a network address ask as often as `limit` says, and no more. */
export function limited(limit: RateLimiter): RequestHandler {
  return (request, response, next) => {
    limit.take(clientAddress(request)).then(
      () => next(),
      (error: unknown) => (error instanceof RefusedError ? refuse(response, error.refusal) : next(error)),
    )
  }
}
