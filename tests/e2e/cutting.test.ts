import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { pictureMoves } from '../support/browserMedia.ts'
import { client } from '../support/client.ts'
import { questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { barriersInBoth } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { deskPage } from './pages/desk.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})

test('two presses at the desk take picture, questions and chat away from everybody, say so, and it goes on from there', { timeout: 240_000 }, async () => {
  const scene = await openScene(browser, server, 'live')
  const [desk, stage, viewer] = [await scene.desk(), await scene.stage(), await scene.watch()]
  await stage.enter()
  await desk.seat(scene.guestId).getByTestId('admit').click()
  await stage.is('on_air')
  await pictureMoves(viewer.page)
  const { poll } = await scene.host.request('poll:save', { sessionId: scene.sessionId, id: randomUUID(), expectedVersion: null, kind: 'single', title: '先修哪一段？', options: ['北段', '老街段'].map((text) => ({ id: randomUUID(), text })), maxChoices: 1, showResults: 'live' })
  await scene.host.request('poll:act', { sessionId: scene.sessionId, pollId: poll.id, expectedVersion: poll.version, action: 'open' })
  await viewer.page.getByTestId('poll').getByText('老街段').click()

  // A slip is no cut: neither one press nor a double-click.
  await desk.page.getByTestId('cut').dblclick()
  await desk.page.locator('[data-testid="cut"][data-armed="true"]').waitFor()
  await desk.page.getByTestId('cut').press('Escape')
  await desk.page.locator('[data-testid="cut"][data-armed="false"]').waitFor()
  await pictureMoves(viewer.page)

  // Also while a dialog lies over the desk.
  await desk.open('links')
  await desk.cut()
  await desk.page.getByTestId('links-dialog').waitFor({ state: 'detached' })
  await viewer.notice('interrupted').waitFor()
  await until(async () => (await viewer.page.getByTestId('stage-video').count()) === 0, 'the picture to be gone')
  await stage.is('interrupted')
  await viewer.page.locator('[data-intake="paused"]').first().waitFor()
  await viewer.page.locator('[data-testid="poll"][data-paused="true"]').getByText('恢复后可以继续投票').waitFor()
  expect(await viewer.page.getByTestId('poll-send').isDisabled()).toBe(true)
  await viewer.page.getByTestId('tab-chat').click()
  await viewer.page.getByTestId('chat-panel').getByText('聊天已暂停').waitFor()
  const resident = await client(server.url)
  expect((await resident.refused('question:submit', questionInput(scene.sessionId))).code).toBe('intake_paused')
  expect((await resident.refused('chat:send', { sessionId: scene.sessionId, id: scene.guestId, text: '还在吗', name: null })).code).toBe('closed')

  await desk.page.getByTestId('cut-write').click()
  await desk.page.getByTestId('cut-reason').fill('画面里出现了个人信息')
  await desk.page.getByTestId('cut-publish').click()
  await viewer.page.getByTestId('cut-why').getByText('画面里出现了个人信息').waitFor()
  expect(await barriersInBoth(viewer.page)).toEqual([])
  expect(await barriersInBoth(desk.page)).toEqual([])

  await desk.page.getByTestId('cut-resume').click()
  await desk.phaseIs('live')
  await desk.page.getByTestId('cut-strip').waitFor({ state: 'detached' })
  await viewer.notice('interrupted').waitFor({ state: 'detached' })
  await viewer.page.getByTestId('chat-input').waitFor()
  await viewer.page.getByTestId('tab-questions').click()
  await viewer.page.getByTestId('poll-send').click()
  await viewer.page.getByTestId('poll-results').getByText('1 人，100%').waitFor()
  // Whoever was on stage comes back when the host brings them.
  await desk.seat(scene.guestId).getByTestId('admit').click()
  await pictureMoves(viewer.page)
})

test('a moderator cuts off by keyboard on a phone, and a host resumes', { timeout: 120_000 }, async () => {
  const scene = await openScene(browser, server, 'live')
  const { page } = await visitor(browser, server.url, { viewport: PHONE, hasTouch: true, isMobile: true })
  await comeIn(page, scene.link('moderator'))
  const moderator = deskPage(page)
  const button = page.getByTestId('cut')
  for (const tab of ['declined', 'stage', 'chat']) {
    await page.getByTestId(`tab-${tab}`).click()
    expect(await button.isVisible()).toBe(true)
  }
  expect(await barriersInBoth(page)).toEqual([])
  await button.focus()
  await page.keyboard.press('Enter')
  await page.waitForTimeout(400)
  await page.keyboard.press('Enter')
  await page.getByTestId('cut-strip').waitFor()
  await moderator.phaseIs('paused')
  expect(await page.getByTestId('cut-resume').count()).toBe(0)
  expect(await button.count()).toBe(0)

  const host = await scene.desk()
  await host.page.getByTestId('cut-resume').click()
  await moderator.phaseIs('live')
  await button.waitFor()
})
