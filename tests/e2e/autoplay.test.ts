import { expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { pictureMoves, soundBytes } from '../support/browserMedia.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { openScene } from './scene.ts'

test('a browser that will not play by itself gets one clear button, and then plays', async () => {
  const [server, browser] = await Promise.all([startServer({ media: true }), openBrowser({ autoplay: false })])
  const scene = await openScene(browser, server, 'live')
  const stage = await scene.stage()
  await stage.enter()
  await scene.host.request('stage:admit', { sessionId: scene.sessionId, seatId: scene.guestId, onAir: true })
  const viewer = await scene.watch()
  const button = viewer.stage.getByRole('button', { name: '点击播放声音' })
  await button.waitFor()
  const silent = () => viewer.page.getByTestId('stage-audio').evaluateAll((elements) => elements.every((element) => element instanceof HTMLMediaElement && element.paused))
  expect(await silent()).toBe(true)
  await button.click()
  await button.waitFor({ state: 'detached' })
  await until(async () => !(await silent()), 'the sound to play')
  await pictureMoves(viewer.page)
  const heard = await until(() => soundBytes(viewer.page), 'sound at the viewer')
  await until(async () => (await soundBytes(viewer.page)) > heard, 'more sound at the viewer')
})
