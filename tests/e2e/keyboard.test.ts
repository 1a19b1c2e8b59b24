import type { Browser } from 'playwright-core'
import { beforeAll, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { openBrowser } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { tabTo } from './keys.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

test('a host runs the whole queue by keyboard', async () => {
  const scene = await openScene(browser, server, 'live')
  const resident = await client(server.url)
  for (const text of ['违建拆了多少处？', '骑行道什么时侯贯通？', '某某家的违建为什么不拆？']) await resident.request('question:submit', questionInput(scene.sessionId, text))
  const desk = await scene.desk()
  const press = (key: string) => desk.page.keyboard.press(key)
  await desk.sees(3, 'pending')

  await press('j')
  await press('a')
  await desk.sees(1, 'approved')

  await press('e')
  await desk.page.getByTestId('edit-text').waitFor()
  await press('ControlOrMeta+a')
  await desk.page.keyboard.type('骑行道什么时候贯通？')
  await press('Control+Enter')
  await desk.dialog.waitFor({ state: 'hidden' })
  await desk.card(2, 'pending').getByText('骑行道什么时候贯通？').waitFor()

  await press('j')
  await press('d')
  await desk.page.getByTestId('pick-unclear').waitFor()
  await press('3')
  await until(() => desk.page.getByTestId('pick-unclear').getByRole('radio').isChecked(), 'the reason to be chosen')
  await press('Enter')
  await desk.dialog.waitFor({ state: 'hidden' })
  await desk.sees(3, 'declined')

  await press('l')
  await press('o')
  await desk.sees(1, 'asking')
  // The column it left is empty now, and is still where the host goes on from.
  await press('l')
  await press('f')
  await desk.sees(1, 'answered')
  await press('l')
  await press('u')
  await desk.sees(1, 'approved')
})

test('a resident asks and votes by keyboard', async () => {
  const scene = await openScene(browser, server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
  const resident = await client(server.url)
  await resident.request('question:submit', questionInput(scene.sessionId, '违建拆了多少处？'))
  const { page, sees } = await scene.watch()
  const vote = (await sees('违建拆了多少处？')).getByTestId('vote')
  await tabTo(page, vote)
  await page.keyboard.press('Space')
  await until(async () => (await vote.getAttribute('aria-pressed')) === 'true', 'the vote')

  await tabTo(page, page.getByTestId('ask-text'))
  await page.keyboard.type('骑行道什么时候贯通？')
  await tabTo(page, page.getByTestId('ask-send'))
  await page.keyboard.press('Enter')
  await page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
})
