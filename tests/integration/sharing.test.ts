import { get as httpGet } from 'node:http'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Oembed } from '../../shared/embed.ts'
import { openSession } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { temporaryDirectory } from '../support/program.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'

const TITLE = '"><script>alert(1)</script>]]>&'

let server: TestServer
let opened: OpenedSession
beforeAll(async () => {
  server = await startServer()
  opened = await openSession(server, 'live', { title: TITLE })
})

const get = (path: string) => fetch(`${server.url}${path}`)
/** The status for who has it already; `fetch` would ask for it anew. */
const lookAgain = (path: string, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => void httpGet(`${server.url}${path}`, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject))
const oembed = (url: string, more = '') => get(`/api/oembed?url=${encodeURIComponent(url)}${more}`)

describe('oEmbed', () => {
  test('describes the frame of a session, as JSON and as XML, to everybody', async () => {
    const watch = `${server.url}/s/${opened.sessionId}`
    const json = await oembed(watch)
    expect([json.headers.get('content-type'), json.headers.get('access-control-allow-origin'), json.headers.getSetCookie()]).toEqual(['application/json; charset=utf-8', '*', []])
    expect((await json.json()) as Oembed).toMatchObject({ version: '1.0', type: 'rich', title: TITLE, html: expect.stringContaining(`src="${server.url}/embed/${opened.sessionId}"`) as string, width: 720 })
    const xml = await oembed(watch, '&format=xml&maxwidth=400')
    expect(xml.headers.get('content-type')).toBe('text/xml; charset=utf-8')
    const text = await xml.text()
    expect(text).toContain('<width>400</width>')
    expect(text).not.toContain('<script')
  })

  test('knows our own sessions alone', async () => {
    for (const [url, status] of [
      [`${server.url}/s/nosuchone`, 404],
      [`${server.url}/`, 404],
      [`https://evil.example/s/${opened.sessionId}`, 404],
      ['javascript:alert(1)', 400],
      ['x', 400],
    ] as const) expect([url, (await oembed(url)).status]).toEqual([url, status])
    expect((await oembed(`${server.url}/s/${opened.sessionId}`, '&format=yaml')).status).toBe(400)
  })
})

describe('the picture', () => {
  const path = () => `/api/sessions/${opened.sessionId}/picture.png`

  test('is 1200 × 630, may be shown by other sites, and is sent once', async () => {
    const response = await get(path())
    expect([response.headers.get('content-type'), response.headers.get('cross-origin-resource-policy')]).toEqual(['image/png', 'cross-origin'])
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 })
    expect(await lookAgain(path(), { 'If-None-Match': response.headers.get('etag') ?? '' })).toBe(304)
    expect(await sharp(Buffer.from(await (await get(`${path()}?w=300&v=7`)).arrayBuffer())).metadata()).toMatchObject({ width: 300, height: 158 })
  })

  test('of what is not there, or in any size, is refused', async () => {
    expect((await get('/api/sessions/nosuchone/picture.png')).status).toBe(404)
    expect((await get(`${path()}?w=100000`)).status).toBe(400)
  })

  test('is drawn for one address no more often than a machine can bear', async () => {
    const from = (address: string) => fetch(`${server.url}${path()}?w=300`, { headers: { 'X-Forwarded-For': address } })
    const statuses = await Promise.all(Array.from({ length: 130 }, async () => (await from('203.0.113.50')).status))
    expect([...new Set(statuses)].toSorted()).toEqual([200, 429])
    expect((await from('203.0.113.51')).status).toBe(200)
  })

  test('has no words where the machine has no letters for them', async () => {
    const fonts = join(await temporaryDirectory('fonts'), 'fonts.conf')
    await writeFile(fonts, '<?xml version="1.0"?><fontconfig></fontconfig>')
    const bare = await startServer({ env: { FONTCONFIG_FILE: fonts } })
    const session = await openSession(bare)
    const response = await fetch(`${bare.url}/api/sessions/${session.sessionId}/picture.png`)
    // The emblem is in the middle: what lies at the left, where words would stand, is white.
    const { data } = await sharp(Buffer.from(await response.arrayBuffer())).removeAlpha().extract({ left: 60, top: 60, width: 300, height: 500 }).raw().toBuffer({ resolveWithObject: true })
    expect(data.every((value) => value === 255)).toBe(true)
  })
})

describe('the feeds', () => {
  test.each([
    ['/feed.atom', 'application/atom+xml; charset=utf-8'],
    ['/feed.rss', 'application/rss+xml; charset=utf-8'],
    ['/calendar.ics', 'text/calendar; charset=utf-8'],
  ])('%s names the session, sets no cookie, and is sent once', async (path, type) => {
    const response = await get(path)
    expect([response.status, response.headers.get('content-type'), response.headers.getSetCookie()]).toEqual([200, type, []])
    const text = await response.text()
    expect(text).toContain(`${server.url}/s/${opened.sessionId}`)
    if (path !== '/calendar.ics') expect(text).not.toContain('<script')
    expect(await lookAgain(path, { 'If-None-Match': response.headers.get('etag') ?? '' })).toBe(304)
    const since = response.headers.get('last-modified')
    if (since) expect(await lookAgain(path, { 'If-Modified-Since': since })).toBe(304)
  })

  test('tell of one kind alone, when asked', async () => {
    expect(await (await get('/feed.atom?kind=symposium')).text()).not.toContain(opened.sessionId)
    expect(await (await get('/feed.atom?kind=interview')).text()).toContain(opened.sessionId)
    expect((await get('/feed.rss?kind=everything')).status).toBe(400)
  })
})
