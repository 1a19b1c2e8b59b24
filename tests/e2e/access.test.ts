import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SignInLink } from '../../shared/accounts.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { DESKTOP, PHONE, openBrowser, visitor } from '../support/browser.ts'
import { pictureMoves } from '../support/browserMedia.ts'
import { client } from '../support/client.ts'
import { guest, questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { barriers } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
let live: Scene
let announced: Scene
let ended: Scene
let receipt: string
let secondGuest: string

/** A page, or with `then` alone a further state of the page before. */
type Stop = { name: string; to?: () => string; ready: string; then?: (page: Page) => Promise<void>; /** A request is refused here, which the browser notes by itself. */ refused?: true }

/** What a card's menu opens at the desk, and what the desk's own menu does. */
const DESK_ACTIONS = [
  { action: 'edit', ready: 'edit-text' },
  { action: 'merge', ready: 'merge-search' },
  { action: 'label', ready: 'action-dialog' },
  { action: 'assign', ready: 'action-dialog' },
  { action: 'details', ready: 'details-receipt' },
  { action: 'person', ready: 'person-dialog' },
]
const DESK_TOOLS = ['offline', 'pace', 'words', 'people', 'rule', 'links', 'team', 'help']

/** Every page, by who comes there. */
const TOURS: { who: string; link?: () => string; stops: Stop[] }[] = [
  {
    who: 'a resident',
    stops: [
      { name: 'home', to: () => '/', ready: 'article' },
      { name: 'refused link', to: () => '/in/this-link-was-never-signed-by-anybody', ready: '[data-testid="link-invalid"]', refused: true },
      { name: 'sign-in', to: () => '/sign-in', ready: '[data-testid="sign-in"]' },
      { name: 'set-up, without its token', to: () => '/setup', ready: '[data-testid="setup-no-token"]' },
      { name: 'set-up', to: () => '/setup#of-no-terminal', ready: '[data-testid="setup"]' },
      { name: 'set-up: what is missing', ready: '[aria-invalid="true"]', then: (page) => page.getByTestId('setup-submit').click() },
      { name: 'invitation that is void', to: () => '/invite/this-was-never-given-to-anybody', ready: '[data-testid="invite-invalid"]', refused: true },
      { name: 'account, of nobody', to: () => '/account', ready: '[data-testid="sign-in-offer"]' },
      { name: 'watch, live', to: () => live.path, ready: '[data-testid="stage-video"]' },
      { name: 'watch, live: chat', ready: '[data-testid="chat-message"]', then: (page) => page.getByTestId('tab-chat').click() },
      { name: 'watch, live: asking', ready: '[data-testid="ask-text"]', then: openAsk },
      { name: 'watch, live: answers', to: () => live.path, ready: '[data-testid="question-answer"]', then: (page) => page.getByTestId('order-answered').click() },
      { name: 'watch, announced', to: () => announced.path, ready: '[data-testid="before-start"]' },
      { name: 'watch, ended', to: () => ended.path, ready: '[data-testid="after-end"]' },
      { name: 'watch, unknown', to: () => '/s/unknown000', ready: '[role="alert"]' },
      { name: 'desk, without the right', to: () => `${live.path}/desk`, ready: '[data-testid="desk-trouble"]' },
      { name: 'stage, without a seat', to: () => `${live.path}/stage`, ready: '[role="alert"]' },
      { name: 'fate of a question', to: () => `/q/${receipt}`, ready: 'ol > li' },
      { name: 'fate of a question: QR code', ready: '[data-testid="fate-code"]', then: (page) => page.getByTestId('fate-qr').click() },
      { name: 'ledger', to: () => `${live.path}/ledger`, ready: '[data-testid="outcome"]' },
      { name: 'ledger: checked', ready: '[data-testid="check-said"][data-verdict="holds"]', then: (page) => page.getByTestId('check-here').click() },
      { name: 'ledger, of no questions', to: () => `${ended.path}/ledger`, ready: '[data-testid="ledger-head"]' },
      { name: 'summary', to: () => `${live.path}/summary`, ready: '[data-testid="summary"] h1' },
      { name: 'not found', to: () => '/no/such/page', ready: 'h1' },
    ],
  },
  {
    who: 'a host',
    link: () => live.link('host'),
    stops: [
      { name: 'desk', to: () => `${live.path}/desk`, ready: '[data-desk-card]' },
      { name: 'desk: filter', ready: '[data-testid="filter-choices"]', then: (page) => page.getByTestId('filter-open').click() },
      { name: 'desk: declining', ready: '[data-testid="decline-reason"]', then: openDecline },
      ...DESK_ACTIONS.map(({ action, ready }) => ({ name: `desk: ${action}`, ready: `[data-testid="${ready}"]`, then: (page: Page) => openAction(page, action) })),
      { name: 'desk: marked', ready: '[data-testid="bulk-bar"]', then: (page) => openAction(page, 'mark') },
      ...DESK_TOOLS.map((tool) => ({ name: `desk: ${tool}`, ready: `[data-testid="${tool}-dialog"]`, then: (page: Page) => openTool(page, tool) })),
      { name: 'edit', to: () => `${live.path}/edit`, ready: 'input[name="title"]' },
    ],
  },
  { who: 'the platform’s host', link: () => server.links.host, stops: [{ name: 'new', to: () => '/sessions/new', ready: 'input[name="title"]' }] },
  {
    who: 'a guest',
    link: () => secondGuest,
    stops: [
      { name: 'device check', to: () => `${live.path}/stage`, ready: '[data-testid="own-preview"] video' },
      { name: 'backstage', ready: '[data-testid="stage-tile-camera"]', then: (page) => page.getByTestId('enter-backstage').click() },
      { name: 'backstage: questions', ready: '[data-testid="reply-form"]', then: openReply },
    ],
  },
]

async function openAsk(page: Page): Promise<void> {
  await page.getByTestId('tab-questions').click()
  const dock = page.getByTestId('ask-open')
  await dock.or(page.getByTestId('ask-text')).first().waitFor()
  if (await dock.isVisible()) await dock.click()
  await page.getByTestId('ask-text').fill('骑行道经过老街那一段，能不能保留青石板？')
}

async function openReply(page: Page): Promise<void> {
  await page.getByTestId('own-questions').click()
  await page.getByTestId('reply-open').first().click()
}

async function openDecline(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByTestId('column-pending').getByTestId('act-decline').first().click()
}

/** Closes what is open over the desk. */
async function closeDialogs(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').or(page.getByRole('menu')).first().waitFor({ state: 'detached' })
}

async function openAction(page: Page, action: string): Promise<void> {
  await closeDialogs(page)
  await page.getByTestId('column-pending').getByTestId('card-menu').first().click()
  await page.getByRole('menu').getByTestId(`act-${action}`).click()
}

async function openTool(page: Page, tool: string): Promise<void> {
  await closeDialogs(page)
  await page.getByTestId('desk-menu').click()
  await page.getByTestId(`menu-${tool}`).click()
}

const VARIANTS: { name: string; options: BrowserContextOptions; elder?: boolean }[] = [
  { name: 'zh-CN on a desktop', options: { viewport: DESKTOP } },
  { name: 'zh-CN on a phone', options: { viewport: PHONE, hasTouch: true, isMobile: true } },
  { name: 'en on a desktop', options: { viewport: DESKTOP, locale: 'en-GB' } },
  { name: 'en on a phone', options: { viewport: PHONE, hasTouch: true, isMobile: true, locale: 'en-GB' } },
  { name: 'dark on a desktop', options: { viewport: DESKTOP, colorScheme: 'dark' } },
  { name: '关怀版 on a phone', options: { viewport: PHONE, hasTouch: true, isMobile: true }, elder: true },
]

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
  const guests = [guest('周启明'), guest('林晓岚')]
  ;[live, announced, ended] = await Promise.all([
    openScene(browser, server, 'live', { guests, settings: { ...DEFAULT_SETTINGS, topics: [{ id: randomUUID(), name: '老街保护' }], rule: { top: 3, perTopic: 1, correctEarly: true } } }),
    openScene(browser, server, 'announced', { startsAt: new Date(Date.now() + 3 * 86_400_000).toISOString() }),
    openScene(browser, server, 'ended'),
  ])
  const links = await live.host.person.get<SignInLink[]>(`/api/sessions/${live.sessionId}/links`)
  secondGuest = links.find(({ guestId }) => guestId === guests[1]!.id)!.url
  receipt = await play(live)
  const stage = await live.stage()
  await stage.enter()
  await live.host.request('stage:admit', { sessionId: live.sessionId, seatId: live.guestId, onAir: true })
  await stage.is('on_air')
  const { page } = await live.watch()
  await pictureMoves(page)
  await page.close()
})

/** Puts one question into every state, and something into the chat. @returns the receipt of the one with the longest story */
async function play(scene: Scene): Promise<string> {
  const { sessionId, host } = scene
  const resident = await client(server.url)
  const act = (questionId: string, expectedVersion: number, action: 'approve' | 'answer') => host.request('question:act', { sessionId, questionId, expectedVersion, action })
  const ask = async (text: string) => (await resident.request('question:submit', questionInput(sessionId, text))).question
  const [answered, asking, approved, declined] = [await ask('违建拆了多少处？'), await ask('石矿的山体什么时候修复？'), await ask('骑行道什么时侯贯通？'), await ask('某某家的违建为什么不拆？')]
  await ask('运矿车夜里的噪声谁来管？')
  for (const { id } of [answered, asking, approved]) await act(id, 1, 'approve')
  await host.request('question:act', { sessionId, questionId: answered.id, expectedVersion: 2, action: 'air', replacing: null, seconds: 0 })
  await host.request('question:act', { sessionId, questionId: asking.id, expectedVersion: 2, action: 'air', replacing: answered.id, seconds: 0 })
  await host.request('question:act', { sessionId, questionId: approved.id, expectedVersion: 2, action: 'edit', text: '骑行道什么时候贯通？' })
  await host.request('question:act', { sessionId, questionId: declined.id, expectedVersion: 1, action: 'decline', code: 'privacy', reason: '涉及具体个人，请补充地址。' })
  await resident.request('question:vote', { sessionId, questionId: approved.id, up: true })
  await resident.request('chat:send', { sessionId, id: randomUUID(), text: '声音很清楚', name: '骑行的阿海' })
  return answered.receipt
}

/** Nothing moves any more that will come to an end. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const ending = document.getAnimations().filter((animation) => animation.effect?.getTiming().iterations !== Infinity)
    await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)))
  })
}

/** Keys of texts that the page shows in place of the texts. */
function bareKeys(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')].flatMap((element) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''))
    const key = /\b(?:common|term|decline|error|issue|wait|account|ui|sessions|edit|watch|questions|polls|pollDesk|notifications|chat|stage|desk|fate|ledger|admin|time|links|cutting|departments)(?:\.\w+)+\b/g
    return [document.title, document.body.innerText, ...said].flatMap((text) => text.match(key) ?? [])
  })
}

async function faults(page: Page): Promise<string[]> {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return [...(await barriers(page)), ...(tooWide > 0 ? [`${tooWide} px wider than the window`] : []), ...(await bareKeys(page)).map((key) => `no text for ${key}`)]
}

describe.each(VARIANTS)('$name', ({ options, elder }) => {
  test.each(TOURS)('everything $who sees is accessible, fits, and keeps to itself', async ({ link, stops }) => {
    const { page, troubles } = await visitor(browser, server.url, options)
    if (elder) await page.context().addInitScript(() => localStorage.setItem('fangtan.elder', 'true'))
    if (link) await comeIn(page, link())
    // A guest's link is held by the browser before; the new one notes by itself that it was asked whether to move.
    const moved = troubles.findIndex((trouble) => trouble.includes('status of 409') && trouble.includes('/api/links/open'))
    if (moved !== -1) troubles.splice(moved, 1)
    const found: Record<string, string[]> = {}
    for (const { name, to, ready, then, refused } of stops) {
      if (to) await page.goto(server.url + to())
      await then?.(page)
      await page.locator(ready).first().waitFor()
      await settle(page)
      const seen = [...(await faults(page)), ...troubles.splice(0).filter((trouble) => !refused || !/with a status of 4\d\d/.test(trouble))]
      if (seen.length > 0) found[name] = seen
    }
    expect(found).toEqual({})
  })
})
