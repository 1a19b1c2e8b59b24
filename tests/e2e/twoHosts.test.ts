import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { DeskQuestion } from '../../shared/questions.ts'
import { openBrowser } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { deafen } from './deafen.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

/** Two desks of a session with these questions waiting; the second can be made to miss what happens. */
async function twoDesks(texts: string[]) {
  const scene = await openScene(browser, server, 'live')
  const resident = await client(server.url)
  for (const text of texts) await resident.request('question:submit', questionInput(scene.sessionId, text))
  const one = await scene.desk()
  const two = await scene.desk({ before: deafen })
  await Promise.all([one, two].map((desk) => desk.sees(texts.length, 'pending')))
  return { scene, one, two }
}

async function questionsOf(scene: Scene): Promise<DeskQuestion[]> {
  const { snapshot } = await scene.host.request('session:join', { sessionId: scene.sessionId, as: 'desk', since: null })
  return snapshot!.desk!
}

test('the second of two hosts who act on one question is refused and sees what is now true', async () => {
  const { scene, one, two } = await twoDesks(['拆违以后的空地能不能改成停车位？'])
  await two.page.evaluate(() => globalThis.testDeaf(true))
  await one.act(1, 'pending', 'approve')
  await one.sees(1, 'approved')

  await two.act(1, 'pending', 'decline')
  await two.page.getByTestId('pick-off_topic').click()
  await two.page.getByTestId('dialog-submit').click()
  await two.dialog.getByText('现在是“已通过”').or(two.page.getByTestId('stale-notice').getByText('另一位主持人已把它放到“已通过”')).first().waitFor()
  expect(await questionsOf(scene)).toMatchObject([{ number: 1, state: 'approved', reason: null, version: 2 }])
})

test('a host whose dialog is open while another acts is told, and can do no harm by sending it', async () => {
  const { scene, one, two } = await twoDesks(['骑行道什么时侯贯通？'])
  await one.act(1, 'pending', 'decline')
  await one.page.getByTestId('pick-off_topic').click()
  await two.act(1, 'pending', 'approve')
  await two.sees(1, 'approved')

  await one.dialog.getByTestId('dialog-changed').getByText('另一位主持人已把它放到“已通过”').waitFor()
  expect(await one.page.getByTestId('dialog-submit').isDisabled()).toBe(true)
  expect(await questionsOf(scene)).toMatchObject([{ number: 1, state: 'approved', reason: null }])
})

test('a question put on air replaces only the one its host saw there', async () => {
  const { scene, one, two } = await twoDesks(['第一个问题？', '第二个问题？', '第三个问题？'])
  for (const number of [1, 2, 3]) await one.act(number, 'pending', 'approve')
  for (const number of [1, 2, 3]) await two.sees(number, 'approved')
  await one.act(1, 'approved', 'air')
  await two.sees(1, 'asking')
  await two.page.evaluate(() => globalThis.testDeaf(true))
  await one.act(2, 'approved', 'air')
  await one.sees(2, 'asking')

  await two.act(3, 'approved', 'air')
  await two.page.getByTestId('stale-notice').getByText('屏上已换成 #2').waitFor()
  const states = Object.fromEntries((await questionsOf(scene)).map(({ number, state }) => [number, state]))
  expect(states).toEqual({ 1: 'answered', 2: 'asking', 3: 'approved' })
})
