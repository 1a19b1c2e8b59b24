import { Router } from 'express'
import type { Metrics } from './metrics.ts'

/** What readiness is asked of. Each resolves to whether it works; media may be switched off, which is no failure. */
export type Checks = { database: () => Promise<boolean>; redis: () => Promise<boolean>; media: () => Promise<boolean> }

const CHECK_TIMEOUT = 3_000

async function passes(check: () => Promise<boolean>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), CHECK_TIMEOUT).unref())
  return Promise.race([check().catch(() => false), late])
}

export function operationRoutes(deps: { checks: Checks; metrics: Metrics }): Router {
  const { checks, metrics } = deps
  const router = Router()
  router.get('/healthz', (_request, response) => void response.json({ alive: true }))
  router.get('/readyz', (_request, response, next) => {
    Promise.all([passes(checks.database), passes(checks.redis), passes(checks.media)]).then(([database, redis, media]) => {
      const ready = database && redis && media
      response.status(ready ? 200 : 503).json({ ready, database, redis, media })
    }, next)
  })
  router.get('/metrics', (_request, response, next) => {
    metrics.registry.metrics().then((text) => void response.type(metrics.registry.contentType).send(text), next)
  })
  return router
}
