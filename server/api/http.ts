import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Router } from 'express'
import type { RequestHandler } from 'express'
import { apiDocument } from './document.ts'
import { OPERATIONS } from './operations.ts'
import { PAGE, START } from './page.ts'

const squeeze = promisify(gzip)
const LIBRARY = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))

type File = { type: string; etag: string; packed: Buffer }

/** What the page is made of, each packed once, when it is first asked for. Nothing else of the library is served. */
const SOURCES: Record<string, { type: string; read: () => Promise<Buffer> }> = {
  'start.js': { type: 'text/javascript', read: async () => Buffer.from(START) },
  'swagger-ui-bundle.js': { type: 'text/javascript', read: () => readFile(join(LIBRARY, 'swagger-ui-bundle.js')) },
  'swagger-ui.css': { type: 'text/css', read: () => readFile(join(LIBRARY, 'swagger-ui.css')) },
}

async function packed({ type, read }: { type: string; read: () => Promise<Buffer> }): Promise<File> {
  const bytes = await read()
  return { type, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`, packed: await squeeze(bytes) }
}

/** The description of the routes for programs (/api/openapi.json) and for people (/api/docs). `cookie`: name of a sign-in's. */
export function apiRoutes(options: { publicUrl: string; cookie: string }): Router {
  const router = Router()
  const document = JSON.stringify(apiDocument(OPERATIONS, options))
  const files = new Map<string, Promise<File>>()

  const file: RequestHandler<{ file: string }> = (request, response, next) => {
    const { file: name } = request.params
    const source = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined
    if (!source) return next()
    const found = files.get(name) ?? packed(source)
    files.set(name, found)
    found.then(({ type, etag, packed: bytes }) => {
      response.set({ 'Content-Type': `${type}; charset=utf-8`, 'Content-Encoding': 'gzip', 'Cache-Control': 'public, no-cache', ETag: etag })
      response.send(bytes)
    }, next)
  }

  router.get('/api/openapi.json', (_request, response) => void response.type('application/json').set('Cache-Control', 'public, no-cache').send(document))
  router.get('/api/docs', (_request, response) => void response.type('html').send(PAGE))
  router.get('/api/docs/:file', file)
  return router
}
