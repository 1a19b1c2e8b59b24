import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import { openScene } from './scene.ts'

/** The budget of design.md: bytes of JavaScript, gzipped, before media starts. */
const BUDGET = 200 * 1024

test('the watch page needs at most 200 KB of JavaScript before media starts', async () => {
  const [server, browser] = await Promise.all([startServer(), openBrowser()])
  const scene = await openScene(browser, server, 'announced')
  const { page } = await visitor(browser, server.url)
  const scripts = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.set(response.url(), response.body())
  })
  await page.goto(server.url + scene.path, { waitUntil: 'networkidle' })
  await page.getByTestId('ask-text').waitFor()
  const sizes = await Promise.all([...scripts.values()].map(async (body) => gzipSync(await body, { level: 9 }).length))
  expect(sizes.length).toBeGreaterThan(0)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET)
})
