import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import express from 'express'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { pagesWithHead } from '../../server/http/page.ts'
import { onCleanup } from '../support/cleanup.ts'
import { temporaryDirectory } from '../support/program.ts'

/** The page over HTTP; what has nothing to say of itself is answered with `plain`. */
async function open(headOf: (path: string) => Promise<string | null>) {
  const file = join(await temporaryDirectory('page'), 'index.html')
  await writeFile(file, '<head><title>访谈</title></head><body>one</body>')
  const app = express()
  app.get('/{*path}', pagesWithHead({ file, headOf, log: pino({ level: 'silent' }) }), (_request, response) => void response.send('plain'))
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const [response] = (await once(get({ port: (server.address() as AddressInfo).port, path, headers, agent: false }), 'response')) as [IncomingMessage]
    let body = ''
    for await (const part of response.setEncoding('utf8')) body += String(part)
    return { status: response.statusCode, headers: response.headers, body }
  }
  return { file, ask }
}

test('what is said of a page stands in place of its title, whatever it is, and is sent once', async () => {
  const { ask } = await open((path) => Promise.resolve(path === '/s/one' ? '<title>$& $1 $` \\</title><meta />' : null))
  const page = await ask('/s/one')
  expect([page.body, page.headers['cache-control']]).toEqual(['<head><title>$& $1 $` \\</title><meta /></head><body>one</body>', 'no-cache'])
  expect((await ask('/s/one', { 'If-None-Match': page.headers.etag ?? '' })).status).toBe(304)
  expect((await ask('/s/two')).body).toBe('plain')
})

test('a page that was built anew is sent anew', async () => {
  const { file, ask } = await open(() => Promise.resolve('<title>x</title>'))
  expect((await ask('/')).body).toContain('one')
  await new Promise((resolve) => setTimeout(resolve, 20))
  await writeFile(file, '<head><title>访谈</title></head><body>two</body>')
  expect((await ask('/')).body).toContain('two')
})

test('where it cannot be read, the page comes without', async () => {
  const { ask } = await open(() => Promise.reject(new Error('the database is away')))
  expect(await ask('/s/one')).toMatchObject({ status: 200, body: 'plain' })
})
