import { createHash } from 'node:crypto'
import { Router, json } from 'express'
import type { Logger } from 'pino'
import { changeSettingSchema, setSettingSchema, settingParamsSchema } from '../../shared/site.ts'
import { answer, refuse } from '../http/answer.ts'
import { personOf } from '../http/identity.ts'
import { clientAddress } from '../http/request.ts'
import { parseInput, toRefusal } from '../realtime/handle.ts'
import type { SiteService } from './service.ts'

/** Two languages of a long text, in bytes. */
const SETTING_BYTES = 512 * 1024

export function siteRoutes(deps: { service: SiteService; log: Logger }): Router {
  const { service, log } = deps
  const router = Router()
  // Asked for anew by every page, and answered with 304 while it stays.
  const lookAgain = 'private, no-cache'
  router.get('/api/site', answer(log, async (_request, response) => (response.set('Cache-Control', lookAgain), service.view())))
  router.get('/api/site/privacy', answer(log, async (_request, response) => (response.set('Cache-Control', lookAgain), service.notice())))
  router.get('/branding.css', (_request, response) => {
    service.css().then(
      (css) => {
        const digest = createHash('sha256').update(css).digest('base64url').slice(0, 22)
        response.type('css').set({ ETag: `"${digest}"`, 'Cache-Control': 'no-cache' }).send(css)
      },
      (error: unknown) => refuse(response, toRefusal(error, log, 'branding')),
    )
  })
  router.get('/api/admin/settings', answer(log, async (_request, response) => service.settings(personOf(response))))
  router.get('/api/admin/privacy/draft', answer(log, async (_request, response) => service.draftNotice(personOf(response))))
  router.put(
    '/api/admin/settings/:key',
    json({ limit: SETTING_BYTES }),
    answer(log, async (request, response) => {
      const { key } = parseInput(settingParamsSchema, request.params)
      const input = parseInput(setSettingSchema, request.body)
      return service.change(personOf(response), clientAddress(request), parseInput(changeSettingSchema, { ...input, key }))
    }),
  )
  return router
}
