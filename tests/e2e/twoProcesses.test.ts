import { test } from 'vitest'
import { openBrowser, visitor } from '../support/browser.ts'
import { pictureMoves, soundBytes } from '../support/browserMedia.ts'
import { startPostgres } from '../support/postgres.ts'
import { startRedis } from '../support/redis.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { watchPage } from './pages/watch.ts'
import { openScene } from './scene.ts'

test('host and guest on one process, the viewer on another: picture, sound and questions pass', async () => {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  const env = { DATABASE_URL: await postgres.createDatabase(), REDIS_URL: redis.url, SECRET: 'one secret for both processes' }
  const first = await startServer({ media: true, env })
  const second = await startServer({ media: true, env })
  const browser = await openBrowser()
  const scene = await openScene(browser, first, 'live')
  const [desk, stage] = await Promise.all([scene.desk(), scene.stage()])
  await stage.enter()
  await desk.seat(scene.guestId).getByTestId('admit').click()
  await stage.is('on_air')

  const viewer = watchPage((await visitor(browser, second.url)).page)
  await viewer.page.goto(second.url + scene.path)
  await pictureMoves(viewer.page)
  await until(() => soundBytes(viewer.page), 'sound at the viewer')

  const text = '两台服务器之间，提问也要到。'
  await viewer.askForReceipt(text)
  await desk.act(1, 'pending', 'approve')
  await viewer.sees(text)
  await desk.act(1, 'approved', 'air')
  await viewer.current.getByText(text).waitFor()
  await stage.question.getByText(text).waitFor()
  await desk.page.getByTestId('count-asking').getByText('1', { exact: true }).waitFor()
})
