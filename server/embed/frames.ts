import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { forumCodeSchema } from '../../shared/forums.ts'
import type { Forum } from '../../shared/forums.ts'
import { frameOrigins } from './rules.ts'

/** How long a change of a forum's origins takes to be seen, in milliseconds. */
const REMEMBERED = 3_000

/** What the policy of a page says that only our own pages may put into a frame. */
const OURS_ALONE = "frame-ancestors 'self'"

/** Lets the pages of registered forums put `/embed/…` into a frame, and nobody else; after the headers that every page has. No page of ours that is not below it is touched. */
export function framing({ forums, now, log }: { forums: () => Promise<Forum[]>; now: () => number; log: Logger }): RequestHandler {
  let known: { forums: Forum[]; until: number } | null = null
  let reading: Promise<Forum[]> | null = null

  function read(): Promise<Forum[]> {
    reading ??= forums()
      .then((found) => (known = { forums: found, until: now() + REMEMBERED }).forums)
      .finally(() => (reading = null))
    return reading
  }
  async function current(): Promise<Forum[]> {
    if (known && known.until > now()) return known.forums
    try {
      return await read()
    } catch (error) {
      log.error({ err: error }, 'reading the forums failed')
      return known?.forums ?? []
    }
  }

  return (request, response, next) => {
    const code = forumCodeSchema.safeParse(request.query['forum'])
    current().then((found) => {
      const policy = response.getHeader('Content-Security-Policy')
      const allowed = [OURS_ALONE, ...frameOrigins(found, code.success ? code.data : null)].join(' ')
      if (typeof policy === 'string') response.setHeader('Content-Security-Policy', policy.replace(OURS_ALONE, () => allowed))
      // It knows no list of origins, and says no to all.
      response.removeHeader('X-Frame-Options')
      next()
    }, next)
  }
}
