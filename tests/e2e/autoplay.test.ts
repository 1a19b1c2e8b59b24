import { expect, test } from 'vitest'
import { openBrowser, visitor } from '../support/browser.ts'
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

  const { page } = await visitor(browser, server.url)
  // Playwright looks at a page in the name of a person's gesture, after which sound may play: until the refusal, the page itself must tell.
  const asked = Promise.withResolvers<void>()
  await page.exposeFunction('buttonIsThere', asked.resolve)
  await page.addInitScript(() => {
    const tell = (window as unknown as { buttonIsThere: () => void }).buttonIsThere
    new MutationObserver(() => document.querySelector('[data-testid="stage-unblock"]') && tell()).observe(document, { childList: true, subtree: true })
  })
  await Promise.all([asked.promise, page.goto(server.url + scene.path)])

  const button = page.getByTestId('stage-area').getByRole('button', { name: '点击播放声音' })
  const silent = () => page.getByTestId('stage-audio').evaluateAll((elements) => elements.every((element) => element instanceof HTMLMediaElement && element.paused))
  expect(await silent()).toBe(true)
  await button.click()
  await button.waitFor({ state: 'detached' })
  await until(async () => !(await silent()), 'the sound to play')
  await pictureMoves(page)
  const heard = await until(() => soundBytes(page), 'sound at the viewer')
  await until(async () => (await soundBytes(page)) > heard, 'more sound at the viewer')
})
