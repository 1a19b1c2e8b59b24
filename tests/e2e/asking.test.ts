import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { barriers } from './axe.ts'
import { watchPage } from './pages/watch.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
let picture: Buffer
beforeAll(async () => {
  ;[server, browser, picture] = await Promise.all([startServer(), openBrowser(), sharp({ create: { width: 2_400, height: 1_600, channels: 3, background: '#7a8a6a' } }).png().toBuffer()])
})

const LIFT = '老旧小区加装电梯，一楼住户不同意怎么办？'
const LIKE = '小区加装电梯，一楼不同意怎么办'
const TOPICS = [
  { id: '00000000-0000-4000-8000-0000000000a1', name: '老旧小区' },
  { id: '00000000-0000-4000-8000-0000000000a2', name: '道路交通' },
]

test('who types what was asked already finds it, votes for it instead, and may go on writing after all', async () => {
  const scene = await openScene(browser, server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
  const neighbour = await client(server.url)
  await neighbour.request('question:submit', questionInput(scene.sessionId, LIFT))
  const asker = await scene.watch()
  const count = (await asker.sees(LIFT)).getByTestId('vote-count')

  await asker.type('加装')
  expect(await asker.similar.count()).toBe(0)
  await asker.type(LIKE)
  await asker.similar.filter({ hasText: LIFT }).waitFor()
  await asker.page.getByRole('status').filter({ hasText: '有 1 个相似的提问' }).waitFor()

  await asker.page.getByTestId('similar-mine').click()
  await asker.page.getByTestId('agreed').waitFor()
  await count.getByText('1', { exact: true }).waitFor()
  expect(await asker.page.getByTestId('ask-text').inputValue()).toBe('')

  await asker.page.getByTestId('agreed-undo').click()
  expect(await asker.page.getByTestId('ask-text').inputValue()).toBe(LIKE)
  await count.getByText('0', { exact: true }).waitFor()

  // Without a line it is no hindrance, only silent.
  await asker.page.context().setOffline(true)
  await asker.connection('offline').waitFor()
  await asker.ask('骑行道什么时候贯通到老街？')
  await asker.page.locator('[data-testid="sent-notice"] [data-state="waiting"]').waitFor()
})

test('a topic and a picture go with a question; a draft keeps them through a reload', async () => {
  const scene = await openScene(browser, server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false, topics: TOPICS } })
  const [asker, other] = await Promise.all([scene.watch(), scene.watch()])
  await asker.type('小区外墙脱落，维修基金怎么申请？')
  await asker.topic('老旧小区').click()
  await asker.attach(picture)

  await asker.page.reload()
  await asker.stage.waitFor()
  expect(await asker.page.getByTestId('ask-text').inputValue()).toBe('小区外墙脱落，维修基金怎么申请？')
  expect(await asker.topic('老旧小区').getAttribute('aria-pressed')).toBe('true')
  const preview = asker.page.getByTestId('picture-preview')
  await until(() => preview.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0), 'the preview')

  await asker.page.getByTestId('ask-send').click()
  await asker.page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
  const card = await other.sees('小区外墙脱落')
  await card.getByTestId('question-tags').getByText('老旧小区').waitFor()
  const shown = card.getByTestId('question-picture').locator('img')
  // Made smaller before it was sent.
  await until(() => shown.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0 && image.naturalWidth <= 1_600), 'the picture')
  await card.getByTestId('question-picture').click()
  await other.page.getByRole('dialog').getByRole('img', { name: '第 1 号提问的图片' }).waitFor()
  await other.page.keyboard.press('Escape')

  await asker.page.getByTestId('ask-again').click()
  expect(await asker.topic('老旧小区').getAttribute('aria-pressed')).toBe('false')
  await other.page.getByTestId('question-list').locator('..').getByTestId('topics').getByRole('button', { name: '老旧小区' }).click()
  await other.page.getByRole('status').filter({ hasText: '找到 1 个' }).waitFor()
})

test('a question can be changed until it is reviewed, and withdrawn at any time', async () => {
  const scene = await openScene(browser, server, 'live', { settings: { ...DEFAULT_SETTINGS, topics: TOPICS } })
  const [asker, desk] = await Promise.all([scene.watch(), scene.desk()])
  await asker.askForReceipt('骑行道什么时侯贯通？')
  await (await asker.own('骑行道')).getByTestId('revise').click()
  await asker.page.getByTestId('revise-text').fill('骑行道什么时候贯通到老街？')
  await asker.page.getByTestId('revise-form').getByRole('button', { name: '道路交通' }).click()
  await asker.page.getByTestId('revise-save').click()
  await asker.page.getByTestId('revise-form').waitFor({ state: 'detached' })
  await (await desk.sees(1, 'pending')).getByText('骑行道什么时候贯通到老街？').waitFor()

  await desk.act(1, 'pending', 'approve')
  const own = await asker.own('贯通到老街')
  await own.getByText('已公开').waitFor()
  expect(await own.getByTestId('revise').count()).toBe(0)
  await own.getByTestId('withdraw').click()
  const dialog = asker.page.getByRole('dialog')
  await dialog.getByText('公开台账只记').waitFor()
  await dialog.getByRole('button', { name: '撤回' }).click()
  await asker.card('贯通到老街').waitFor({ state: 'detached' })
  await asker.page.getByTestId('own-question').getByText('您已撤回').waitFor()
})

test('a pause and slow mode say who and why, and nothing written is lost', async () => {
  const scene = await openScene(browser, server, 'live')
  const { sessionId, host } = scene
  const asker = await scene.watch()
  const intake = (paused: boolean, slowSeconds: number, reason: string) => host.request('session:intake', { sessionId, paused, slowSeconds, reason })

  await intake(true, 0, '正在核对已收到的提问')
  await asker.type('石矿关停以后，山体什么时候复绿？')
  await asker.intake('paused').getByText('正在核对已收到的提问').waitFor()
  expect(await asker.page.getByTestId('ask-send').isDisabled()).toBe(true)
  await intake(false, 0, '')
  await asker.intake('paused').waitFor({ state: 'detached' })

  // Written without a line, and paused by the time it goes out.
  await asker.page.context().setOffline(true)
  await asker.connection('offline').waitFor()
  await asker.page.getByTestId('ask-send').click()
  await asker.page.locator('[data-testid="sent-notice"] [data-state="waiting"]').waitFor()
  await intake(true, 0, '')
  await asker.page.context().setOffline(false)
  await asker.page.locator('[data-testid="sent-notice"] [data-state="refused"]').waitFor()
  await intake(false, 60, '提问很多')
  await asker.page.getByTestId('sent-notice').getByTestId('send-again').click()
  await asker.page.getByTestId('sent-notice').getByTestId('receipt').waitFor()

  await asker.type('山上的树种好了没有？')
  await asker.intake('slow').getByText('提问很多').waitFor()
  await asker.page.getByTestId('ask-send').getByText('还需等').waitFor()
  expect(await asker.page.getByTestId('ask-send').isDisabled()).toBe(true)
})

describe.each([
  { name: 'zh-CN on a desktop', options: {}, phone: false },
  { name: 'en on a phone', options: { viewport: PHONE, hasTouch: true, isMobile: true, locale: 'en-GB' }, phone: true },
])('$name', ({ options, phone }) => {
  test('asking keeps nobody out', async () => {
    const scene = await openScene(browser, server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false, topics: TOPICS, rule: { top: 3, perTopic: 1, correctEarly: true } } })
    const neighbour = await client(server.url)
    await neighbour.request('question:submit', { ...questionInput(scene.sessionId, LIFT), topicId: TOPICS[0]!.id })
    const { page, troubles } = await visitor(browser, server.url, options)
    await page.goto(server.url + scene.path)
    const asker = watchPage(page)
    await asker.stage.waitFor()
    await page.getByTestId('rule').locator('summary').click()
    expect(await barriers(page)).toEqual([])
    if (phone) await page.getByTestId('ask-open').click()
    await asker.type(LIKE)
    await asker.similar.first().waitFor()
    await asker.attach(picture)
    expect(await barriers(page)).toEqual([])
    await page.getByTestId('ask-send').click()
    await page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
    if (phone) await page.keyboard.press('Escape')
    await page.getByTestId('my-questions').locator('summary').click()
    expect(await barriers(page)).toEqual([])
    expect(troubles).toEqual([])
  })
})
