import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { pictureMoves, soundBytes } from '../support/browserMedia.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})

test('an official comes on camera by one click, and a resident sees and hears them until the host pauses and ends', { timeout: 240_000 }, async () => {
  const scene = await openScene(browser, server, 'announced')
  const desk = await scene.desk()
  await desk.press('open_backstage')
  await desk.phaseIs('backstage')

  const stage = await scene.stage()
  await stage.enter()
  await stage.is('backstage')

  // Backstage, host and guest see and hear each other; nobody outside does.
  await pictureMoves(desk.page)
  const viewer = await scene.watch()
  await viewer.page.getByTestId('before-start').waitFor()
  await desk.seat(scene.guestId).getByTestId('admit').click()
  await stage.is('ready')
  expect(await viewer.page.getByTestId('stage-video').count()).toBe(0)

  await desk.press('start')
  await stage.is('on_air')
  await pictureMoves(viewer.page)
  const heard = await until(() => soundBytes(viewer.page), 'sound at the viewer')
  await until(async () => (await soundBytes(viewer.page)) > heard, 'more sound at the viewer')
  await viewer.stage.getByTestId('stage-tile-camera').getByText(scene.session.guests[0]!.name).waitFor()

  // Somebody who comes later sees the first picture from the page alone.
  const late = await scene.watch()
  await pictureMoves(late.page)

  await desk.press('pause')
  await viewer.notice('paused').waitFor()
  await stage.is('paused')
  await until(async () => (await viewer.page.getByTestId('stage-video').count()) === 0, 'the picture to be gone')
  await desk.press('resume')
  await pictureMoves(viewer.page)

  await desk.press('end')
  await viewer.page.getByTestId('after-end').waitFor()
  await stage.page.getByText('本场直播已结束，感谢您的参与').waitFor()
  await desk.phaseIs('ended')
})

test('the host speaks too: from the desk, in one click', { timeout: 180_000 }, async () => {
  const scene = await openScene(browser, server, 'live')
  const desk = await scene.desk()
  const viewer = await scene.watch()
  await viewer.notice('nobody').waitFor()
  await desk.page.getByTestId('own-join').click()
  const own = desk.page.getByTestId('roster').locator('[data-present="true"]')
  await own.getByTestId('admit').click()
  await pictureMoves(viewer.page)
  await desk.page.getByTestId('own-camera').click()
  await until(async () => (await viewer.page.getByTestId('stage-video').count()) === 0, 'the picture to be gone')
  await until(() => soundBytes(viewer.page), 'sound without a picture')
})
