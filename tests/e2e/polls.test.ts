import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { PollKind } from '../../shared/polls.ts'
import { barriers } from '../support/barriers.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { pollsPage } from './pages/polls.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

const TITLE = '骑行道先修哪一段？'

/** A poll made and opened without the desk. */
async function openPoll({ host, sessionId }: Scene, kind: PollKind, title: string): Promise<string> {
  const options = kind === 'single' || kind === 'multiple' ? ['北段', '老街段', '海边段'].map((text) => ({ id: randomUUID(), text })) : []
  const { poll } = await host.request('poll:save', { sessionId, id: randomUUID(), expectedVersion: null, kind, title, options, maxChoices: kind === 'multiple' ? 2 : 1, showResults: 'live' })
  await host.request('poll:act', { sessionId, pollId: poll.id, expectedVersion: poll.version, action: 'open' })
  return poll.id
}

test('a host asks, residents answer, everybody sees the bars move, and the archive keeps them', async () => {
  const scene = await openScene(browser, server, 'live')
  const [desk, one, other] = await Promise.all([scene.desk().then(({ page }) => pollsPage(page)), scene.watch().then(({ page }) => pollsPage(page)), scene.watch().then(({ page }) => pollsPage(page))])
  await desk.openPanel()
  await desk.ask(TITLE, ['北段', '老街段', '海边段'])

  await one.choose(TITLE, '老街段')
  await one.line(TITLE, '老街段').getByText('1 人，100%').waitFor()
  await other.choose(TITLE, '北段')
  await one.line(TITLE, '北段').getByText('1 人，50%').waitFor()
  await desk.deskCard(TITLE).getByText('2 人已投').waitFor()

  await other.card(TITLE).getByTestId('poll-change').click()
  await other.choose(TITLE, '老街段')
  await one.line(TITLE, '老街段').getByText('2 人，100%').waitFor()
  await one.card(TITLE).getByTestId('poll-take-back').click()
  await one.card(TITLE).getByTestId('poll-form').waitFor()
  await other.line(TITLE, '老街段').getByText('1 人，100%').waitFor()

  await desk.deskCard(TITLE).getByTestId('poll-close').click()
  await other.page.locator('[data-testid="poll"][data-state="closed"]').waitFor({ state: 'attached' })
  await other.page.getByTestId('closed-polls').locator('summary').click()
  await other.line(TITLE, '老街段').getByText('1 人，100%').waitFor()

  const { version } = (await scene.host.person.get<{ version: number }>(`/api/sessions/${scene.sessionId}`))
  await scene.host.request('session:phase', { sessionId: scene.sessionId, action: 'end', expectedVersion: version })
  await scene.host.request('session:phase', { sessionId: scene.sessionId, action: 'archive', expectedVersion: version + 1 })
  const archive = pollsPage((await visitor(browser, server.url)).page)
  await archive.page.goto(server.url + scene.path)
  await archive.line(TITLE, '老街段').getByText('1 人，100%').waitFor()
})

test('every kind is answered with the keyboard alone', async () => {
  const scene = await openScene(browser, server, 'announced')
  await openPoll(scene, 'rating', '今天满意吗？')
  await openPoll(scene, 'multiple', '先修哪两段？')
  await openPoll(scene, 'words', '用一个词说说骑行道')
  const { page, troubles } = await visitor(browser, server.url)
  await page.goto(server.url + scene.path)
  const polls = pollsPage(page)
  const send = async (title: string) => {
    await polls.card(title).getByTestId('poll-send').focus()
    await page.keyboard.press('Enter')
    await polls.card(title).getByTestId('poll-results').waitFor()
  }

  await polls.card('今天满意吗？').getByRole('radio', { name: '3' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await send('今天满意吗？')
  expect(await polls.line('今天满意吗？', '4 分').getAttribute('data-own')).toBe('true')

  await polls.card('先修哪两段？').getByRole('checkbox', { name: '北段' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  expect(await polls.card('先修哪两段？').getByRole('checkbox', { name: '海边段' }).isDisabled()).toBe(true)
  await send('先修哪两段？')
  expect(await polls.card('先修哪两段？').locator('[data-own]').count()).toBe(2)

  await polls.card('用一个词说说骑行道').getByRole('textbox').first().focus()
  await page.keyboard.type('山海')
  await page.keyboard.press('Enter')
  await polls.line('用一个词说说骑行道', '山海').getByText('1 人').waitFor()
  expect(troubles).toEqual([])
})

test.each([
  ['zh-CN', PHONE],
  ['en-US', { width: 1280, height: 800 }],
])('polls are accessible in %s', async (locale, viewport) => {
  const scene = await openScene(browser, server, 'announced')
  await openPoll(scene, 'rating', '今天满意吗？')
  const words = await openPoll(scene, 'words', '用一个词说说骑行道')
  await scene.host.request('poll:answer', { sessionId: scene.sessionId, pollId: words, choices: ['山海', '加微信吗'] })
  const { page } = await visitor(browser, server.url, { locale, viewport })
  await page.goto(server.url + scene.path)
  await page.getByTestId('poll-form').first().waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByTestId('poll').filter({ hasText: '用一个词' }).getByTestId('poll-peek').click()
  await page.getByTestId('poll-line').first().waitFor()
  expect(await barriers(page)).toEqual([])

  const host = await visitor(browser, server.url, { locale, viewport })
  await host.page.goto(scene.link('host'))
  await host.page.getByTestId('desk').waitFor()
  await host.page.getByTestId('side-polls').or(host.page.getByTestId('tab-polls')).first().click()
  await host.page.getByTestId('hidden-word').waitFor()
  expect(await barriers(host.page)).toEqual([])
  await host.page.getByTestId('poll-new').click()
  await host.page.getByTestId('poll-editor').waitFor()
  expect(await barriers(host.page)).toEqual([])
})
