import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { toRefusal } from '../realtime/handle.ts'
import { refuse, routePattern } from './answer.ts'

/** What somebody handed in, or wrote into a file, must not run as a page of ours: whatever a browser takes it for, it may load nothing and run nothing. */
export function harmless(response: Response): Response {
  return response.set('Content-Security-Policy', "default-src 'none'; sandbox").set('X-Content-Type-Options', 'nosniff').set('Cross-Origin-Resource-Policy', 'same-origin')
}

export type SentFile = { name: string; type: string; body: string }

/** Answers with a file to be kept, not shown. The whole of it is made first, so that a refusal is still one. */
export function sendFile(log: Logger, make: (request: Request, response: Response) => Promise<SentFile>): RequestHandler {
  return (request, response) => {
    make(request, response).then(
      ({ name, type, body }) => harmless(response).attachment(name).type(type).send(body),
      (error: unknown) => refuse(response, toRefusal(error, log, routePattern(request))),
    )
  }
}
