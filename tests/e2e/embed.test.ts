import { randomUUID } from 'node:crypto'
import type { Browser, Frame, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { embedFrame, embedScript } from '../../shared/rules/embedding.ts'
import { openBrowser, visitor } from '../support/browser.ts'
import { pictureMoves } from '../support/browserMedia.ts'
import { startForum } from '../support/forum.ts'
import type { ForumSite } from '../support/forum.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { barriers } from './axe.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

/** The name under which residents know it: another site than the forum's, whose pages are at 127.0.0.1. */
let home: string
let server: TestServer
let browser: Browser
let forum: ForumSite
let stranger: ForumSite
let scene: Scene

beforeAll(async () => {
  ;[server, browser, forum, stranger] = await Promise.all([startServer({ media: true }), openBrowser(), startForum(), startForum()])
  home = server.url.replace('127.0.0.1', 'localhost')
  scene = await openScene(browser, server, 'announced', { title: '青湾县网民座谈会', startsAt: new Date(Date.now() + 3_600_000).toISOString() })
  await scene.host.person.send('POST', '/api/admin/forums', { id: randomUUID(), name: '青湾论坛', code: 'qingwan', origins: [forum.origin], contact: '', members: 0 })
  for (const site of [forum, stranger]) site.post(embedScript(home, scene.sessionId, 'qingwan'))
  await until(async () => (await fetch(`${home}/embed/${scene.sessionId}`)).headers.get('content-security-policy')?.includes(forum.origin) ?? false, 'the forum to be known')
})

/** Somebody who reads the thread, and has been to our own pages before. `sent`: cookies that the frame's requests carried. */
async function reader(width: number, prepare: (page: Page) => Promise<unknown> = () => Promise.resolve()) {
  const { page } = await visitor(browser, forum.origin, { viewport: { width, height: 900 } })
  await page.goto(home)
  await page.getByTestId('feeds').waitFor()
  expect((await page.context().cookies(home)).map(({ name }) => name)).toEqual(['fangtan'])
  // What that page still asks is its own.
  await page.goto('about:blank')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(home)) void request.allHeaders().then((headers) => headers['cookie'] && sent.push(request.url()))
  })
  await prepare(page)
  await page.goto(forum.origin)
  const iframe = page.locator('iframe')
  await iframe.waitFor()
  const frame = await until(() => page.frames().find((candidate) => candidate.url().startsWith(`${home}/embed/`)), 'the frame')
  await frame.getByTestId('embed').waitFor()
  return { page, frame, iframe, sent }
}

/** Resolves once the frame is as high as what is in it. */
const fits = (page: Page, frame: Frame) =>
  until(async () => {
    const [outside, inside] = await Promise.all([page.locator('iframe').evaluate((element) => element.getBoundingClientRect().height), frame.getByTestId('embed').evaluate((element) => element.getBoundingClientRect().height)])
    return Math.abs(outside - inside) < 2 ? Math.round(outside) : null
  }, 'the frame to be as high as its content')

test('one line of HTML shows the session in a forum’s thread, and takes questions there', { timeout: 240_000 }, async () => {
  const { page, frame, iframe, sent } = await reader(800)
  await frame.getByRole('heading', { name: '青湾县网民座谈会' }).waitFor()
  await frame.getByRole('timer').waitFor()
  expect(await iframe.getAttribute('allow')).toBe('autoplay; fullscreen; picture-in-picture')
  const before = await fits(page, frame)

  await frame.getByTestId('ask-text').fill('学区怎么划分？')
  await frame.getByTestId('ask-send').click()
  const receipt = frame.getByTestId('embed-receipt')
  await receipt.waitFor()
  expect(await receipt.getAttribute('target')).toBe('_blank')
  await until(async () => (await fits(page, frame)) > before, 'the frame to grow')

  const desk = await scene.desk()
  const card = await desk.sees(1, 'pending')
  await card.getByText('来自青湾论坛').waitFor()
  await desk.act(1, 'pending', 'approve')
  await frame.getByTestId('embed-question').getByText('学区怎么划分？').waitFor()
  await frame.getByTestId('vote').click()
  await frame.locator('[data-testid="vote"][aria-pressed="true"]').waitFor()

  // Opened anew, whoever the browser then takes this for: some keep nothing for frames.
  await page.reload()
  const again = await until(() => page.frames().find((candidate) => candidate.url().startsWith(`${home}/embed/`)), 'the frame')
  await again.getByTestId('embed-question').getByText('学区怎么划分？').waitFor()

  await desk.press('open_backstage')
  await desk.press('start')
  await desk.phaseIs('live')
  await desk.page.getByTestId('own-join').click()
  await desk.page.getByTestId('roster').locator('[data-present="true"]').getByTestId('admit').click()
  await pictureMoves(again)
  await fits(page, again)
  expect(sent).toEqual([])
  expect((await page.context().cookies(home)).map(({ name }) => name)).toEqual(['fangtan'])
})

test('it works where the browser gives frames no storage, in a narrow column', { timeout: 120_000 }, async () => {
  const { page, frame } = await reader(390, (before) =>
    before.addInitScript(() => {
      if (location.pathname.startsWith('/embed/'))
        Object.defineProperty(window, 'localStorage', {
          configurable: true,
          get() {
            throw new DOMException('forbidden', 'SecurityError')
          },
        })
    }),
  )
  await frame.getByTestId('ask-text').fill('没有存储也能问吗？')
  await frame.getByTestId('ask-send').click()
  await frame.getByTestId('embed-receipt').waitFor()
  await fits(page, frame)
  expect(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})

test('no other page may show it, and no page of a forum any other of ours', { timeout: 120_000 }, async () => {
  const { page } = await visitor(browser, stranger.origin)
  const refused: string[] = []
  page.on('console', (message) => message.text().includes('frame-ancestors') && refused.push(message.text()))
  const shown = () => page.frames().some((frame) => frame.url().startsWith(home))
  await page.goto(stranger.origin)
  await until(() => refused.length > 0, 'the browser to refuse')
  expect(shown()).toBe(false)
  forum.post(embedFrame(home, scene.sessionId, null, { title: '直播' }).replace('/embed/', '/s/'))
  await page.goto(forum.origin)
  await until(() => refused.length > 1, 'the browser to refuse')
  expect(shown()).toBe(false)
  // The plain frame, for forums without scripts.
  forum.post(embedFrame(home, scene.sessionId, 'qingwan', { title: '直播' }))
  await page.goto(forum.origin)
  await page.frameLocator('iframe').getByTestId('embed').waitFor()
})

test.each([390, 800])('nothing in it keeps people out, %i pixels wide', { timeout: 120_000 }, async (width) => {
  for (const locale of ['zh-CN', 'en']) {
    const { page, troubles } = await visitor(browser, home, { viewport: { width, height: 900 }, locale })
    await page.goto(`${home}/embed/${scene.sessionId}?forum=qingwan`)
    await page.getByTestId('ask-form').waitFor()
    expect([await barriers(page), troubles]).toEqual([[], []])
  }
})

test('a page says in its head what others show of it, and programs can read what is new', { timeout: 60_000 }, async () => {
  const { page } = await visitor(browser, server.url)
  await page.goto(server.url + scene.path)
  const content = (selector: string) => page.locator(selector).first().getAttribute('content')
  expect(await content('meta[property="og:title"]')).toBe('青湾县网民座谈会')
  const picture = (await content('meta[property="og:image"]')) ?? ''
  const oembed = (await page.locator('link[type="application/json+oembed"]').getAttribute('href')) ?? ''
  const answers = await page.evaluate(async ({ links, json }) => {
    const parsed = async (path: string) => {
      const document = new DOMParser().parseFromString(await (await fetch(path)).text(), 'application/xml')
      return document.querySelector('parsererror')?.textContent ?? document.documentElement.nodeName
    }
    return { roots: await Promise.all(links.map(parsed)), title: ((await (await fetch(json)).json()) as { title: string }).title }
  }, { links: ['/feed.atom', '/feed.rss', oembed.replace('format=json', 'format=xml')], json: oembed })
  expect(answers).toEqual({ roots: ['feed', 'rss', 'oembed'], title: '青湾县网民座谈会' })
  expect((await fetch(picture)).headers.get('content-type')).toBe('image/png')
})
