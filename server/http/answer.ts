import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { ErrorCode, Refusal } from '../../shared/protocol/errors.ts'
import { toRefusal } from '../realtime/handle.ts'

/** The HTTP status of each refusal. */
export const STATUS: Record<ErrorCode, number> = {
  invalid_input: 400,
  too_large: 413,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  stale: 409,
  wrong_state: 409,
  closed: 409,
  rate_limited: 429,
  slow_mode: 429,
  intake_paused: 409,
  protocol_mismatch: 409,
  media_unavailable: 503,
  link_invalid: 403,
  link_in_use: 409,
  wrong_credentials: 401,
  code_invalid: 401,
  locked: 429,
  second_factor_required: 403,
  taken: 409,
  identity_required: 403,
  consent_required: 403,
  gateway_failed: 502,
  internal: 500,
  offline: 503,
  timeout: 504,
}

export function refuse(response: Response, refusal: Refusal): void {
  if (refusal.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1_000)))
  response.status(STATUS[refusal.code]).json({ ok: false, error: refusal })
}

/** The pattern that a request matched, for logs: never its address, for links and receipts are secrets. */
export function routePattern(request: Request): string {
  const route: unknown = request.route
  return typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string' ? route.path : 'file'
}

/** A route that answers with what `act` resolves to, as `Ack`, and with the refusal otherwise. */
export function answer(log: Logger, act: (request: Request, response: Response) => Promise<unknown>): RequestHandler {
  return (request, response) => {
    act(request, response).then(
      (data) => void response.json({ ok: true, data }),
      (error: unknown) => refuse(response, toRefusal(error, log, `${request.method} ${routePattern(request)}`)),
    )
  }
}
