import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express from 'express'
import type { ErrorRequestHandler, Express, RequestHandler, Router } from 'express'
import helmet from 'helmet'
import sirv from 'sirv'
import type { Logger } from 'pino'
import type { Cookies } from '../accounts/cookie.ts'
import type { Identities } from '../accounts/identity.ts'
import type { Metrics } from '../operations/metrics.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { toRefusal } from '../realtime/handle.ts'
import { refuse, routePattern } from './answer.ts'
import { identify, sameSite } from './identity.ts'
import { limited } from './limited.ts'
import { pagesWithHead } from './page.ts'

const YEAR_SECONDS = 31_536_000

const URGENT = /^\/api\/sessions\/[^/]+\/cut$/

function security(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'media-src': ["'self'", 'blob:'],
        'connect-src': ["'self'", 'ws:', 'wss:'],
        'worker-src': ["'self'", 'blob:'],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
    // Needs a trustworthy origin; over plain HTTP the browser only complains about it.
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  })
}

function observe(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const started = performance.now()
    response.on('finish', () => {
      const seconds = (performance.now() - started) / 1_000
      metrics.requests.observe({ method: request.method, status: String(response.statusCode) }, seconds)
      log.debug({ method: request.method, route: routePattern(request), status: response.statusCode, ms: Math.round(seconds * 1_000) }, 'http')
    })
    next()
  }
}

/** A body that breaks off, or is packed or written in a way that nobody here reads. */
function isClientError(error: unknown): boolean {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400 && error.status < 500
}

/** What body parsers and routers throw, in our own words. */
function lastResort(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const type = error instanceof Error && 'type' in error ? error.type : undefined
    if (type === 'entity.too.large') refuse(response, { code: 'too_large' })
    else if (type === 'entity.parse.failed' || error instanceof URIError) refuse(response, { code: 'invalid_input', issues: [{ path: '', code: 'not_json' }] })
    else if (isClientError(error)) refuse(response, { code: 'invalid_input', issues: [{ path: '', code: 'not_readable' }] })
    else refuse(response, toRefusal(error, log, request.method))
  }
}

/** The built client, in the compressed form that the build left beside each file. What stands in assets/ carries its content's hash in its name and never changes. */
function staticFiles(webDir: string): RequestHandler {
  return sirv(webDir, {
    gzip: true,
    brotli: true,
    extensions: [],
    setHeaders(response, pathname) {
      response.setHeader('Cache-Control', pathname.startsWith('/assets/') ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
      // Loaded by the pages of forums.
      if (pathname === '/embed.js') response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin').setHeader('Access-Control-Allow-Origin', '*')
    },
  })
}

export function createHttpApp(deps: {
  publicUrl: string
  /** Built web client; absent while only the API is under test. */
  webDir: string
  identities: Identities
  cookies: Cookies
  /** Called after each request that may have changed something. */
  changed: () => void
  operations: Router
  /** What stands in the head of a page (see http/page.ts). */
  headOf: (path: string) => Promise<string | null>
  /** Routes below /api for which nobody has to be anybody: they neither know nor make a person. */
  anonymous: Router[]
  /** Of whatever is below /embed: who may put it into a frame. */
  framing: RequestHandler
  api: Router[]
  limit: RateLimiter
  /** For what must work while an address has used up its share, as a hall behind one may have. */
  urgent: RateLimiter
  metrics: Metrics
  log: Logger
}): Express {
  const { publicUrl, webDir, identities, cookies, changed, operations, headOf, anonymous, framing, api, limit, urgent, metrics, log } = deps
  const app = express()
  app.disable('x-powered-by')
  app.use(observe(log, metrics), security(publicUrl.startsWith('https:')))
  app.use(operations)
  app.use('/embed', framing)
  const page = join(webDir, 'index.html')
  app.get(['/', '/s/:id', '/embed/:id'], pagesWithHead({ file: page, headOf, log }))
  if (existsSync(webDir)) app.use(staticFiles(webDir))
  // A file of an older build: an honest 404 makes the page reload itself, a page in its place would not parse.
  app.use('/assets', (_request, response) => refuse(response, { code: 'not_found' }))
  const [usual, ahead] = [limited(limit), limited(urgent)]
  app.use('/api', (request, response, next) => (URGENT.test(request.baseUrl + request.path) ? ahead : usual)(request, response, next), sameSite(publicUrl))
  app.use(...anonymous)
  app.use('/api', identify(identities, cookies), (request, response, next) => {
    response.set('Cache-Control', 'no-store')
    if (request.method !== 'GET') response.on('finish', changed)
    next()
  })
  // Addresses that are secrets, of links, invitations and the set-up: nobody keeps the page, and no request from it says where it comes from.
  app.use(['/in', '/invite', '/reset', '/setup'], (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    next()
  })
  app.use(...api)
  app.use('/api', (_request, response) => refuse(response, { code: 'not_found' }))
  app.get('/{*path}', (_request, response, next) => {
    if (!existsSync(page)) return next(new RefusedError('not_found'))
    if (!response.hasHeader('Cache-Control')) response.set('Cache-Control', 'no-cache')
    response.sendFile(page)
  })
  app.use(lastResort(log))
  return app
}
