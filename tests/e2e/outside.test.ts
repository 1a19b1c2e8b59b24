import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { barriers } from '../support/barriers.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { questionInput } from '../support/fixtures.ts'
import { startReceiver } from '../support/receiver.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { comeIn } from './comeIn.ts'
import { watchPage } from './pages/watch.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ env: { DELIVER_TO_LOOPBACK: 'true' } }), openBrowser()])
})

test('who runs the installation adds a webhook, tries it out and sees what came of it', async () => {
  const receiver = await startReceiver()
  const { page, troubles } = await visitor(browser, server.url)
  await comeIn(page, server.links.host)
  await page.goto(`${server.url}/admin/webhooks`)
  await page.getByTestId('webhook-add').click()
  await page.getByTestId('webhook-save').click()
  await page.getByText('请填写以 http:// 或 https:// 开头的完整地址。').waitFor()
  await page.locator('input[type="url"]').fill(receiver.url)
  await page.getByTestId('webhook-save').click()
  await page.getByTestId('webhook-test').click()
  await page.locator('[data-testid="delivery"][data-state="delivered"]').waitFor()
  expect(receiver.received).toHaveLength(1)
  await page.getByTestId('webhook-delete').click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await page.getByTestId('webhook').waitFor({ state: 'detached' })
  expect(troubles).toEqual([])
})

test.each([
  ['zh-CN', PHONE],
  ['en-US', { width: 1280, height: 800 }],
])('/admin is accessible in %s, also to whoever may not manage', async (locale, viewport) => {
  const stranger = await visitor(browser, server.url, { locale, viewport })
  await stranger.page.goto(`${server.url}/admin/webhooks`)
  await stranger.page.getByRole('alert').waitFor()
  expect(await barriers(stranger.page)).toEqual([])
  const { page } = await visitor(browser, server.url, { locale, viewport })
  await comeIn(page, server.links.host)
  await page.goto(`${server.url}/admin/webhooks`)
  await page.getByTestId('webhook-add').click()
  await page.getByTestId('webhook-form').waitFor()
  expect(await barriers(page)).toEqual([])
})

test('somebody who voted hears on the page that the question is on air', async () => {
  const scene = await openScene(browser, server, 'live')
  const { sessionId, host } = scene
  const { question } = await host.request('question:submit', questionInput(sessionId, '石矿什么时候复绿？'))
  await host.request('question:act', { sessionId, questionId: question.id, action: 'approve', expectedVersion: 1 })
  const watch = await scene.watch()
  await (await watch.sees('石矿什么时候复绿？')).getByTestId('vote').click()
  await watch.page.getByTestId('my-votes').locator('summary').click()
  await watch.page.getByTestId('remind').waitFor()
  expect(await watch.page.getByTestId('remind').getAttribute('data-state')).toMatch(/^(off|blocked)$/)
  await host.request('question:act', { sessionId, questionId: question.id, action: 'air', replacing: null, seconds: 0, expectedVersion: 2 })
  await watch.page.getByText('您关注的第 1 号提问正在回答。').first().waitFor()
})

test('somebody switches reminders on, and is told honestly what that is worth here', async () => {
  const scene = await openScene(browser, server, 'announced')
  const { page } = await visitor(browser, server.url)
  await page.context().grantPermissions(['notifications'], { origin: server.url })
  await page.goto(server.url + scene.path)
  const watch = watchPage(page)
  await watch.ask('骑行道什么时候通到海边？')
  await (await watch.own('骑行道什么时候通到海边？')).waitFor()
  await page.getByTestId('remind').getByRole('switch').click()
  await page.locator('[data-testid="remind"][data-state="on"]').waitFor()
  // No push service is reached from here.
  await page.getByText('请保持这个页面打开').waitFor()
  await page.reload()
  await watch.own('骑行道什么时候通到海边？')
  await page.locator('[data-testid="remind"][data-state="on"]').waitFor()
  await page.getByTestId('remind').getByRole('switch').click()
  await page.locator('[data-testid="remind"][data-state="off"]').waitFor()
})
