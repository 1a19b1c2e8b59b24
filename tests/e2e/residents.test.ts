import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import type { PersonalData } from '../../shared/identity.ts'
import { DESKTOP, PHONE, openBrowser, visitor } from '../support/browser.ts'
import { operator, printedCode, setSetting } from '../support/identity.ts'
import { CLIENT, signInAt, startOidcProvider } from '../support/oidcProvider.ts'
import type { OidcProvider } from '../support/oidcProvider.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { barriers, barriersInBoth } from './axe.ts'
import { openScene } from './scene.ts'

const NOTICE = '我们怎样对待您的信息。\n\n一、收集什么\n您写下的内容。\n\n二、保存多久\n六十天。'
const PROVIDER = '省政务服务网'

let server: TestServer
let browser: Browser
let admin: Person
let provider: OidcProvider

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  admin = await operator(server)
  provider = await startOidcProvider([`${server.url}/api/me/oidc/gov/callback`])
  await setSetting(admin, 'identity', { sms: { kind: 'console' }, providers: [{ id: 'gov', name: PROVIDER, issuer: provider.issuer, clientId: CLIENT.id, secret: CLIENT.secret }] })
})

const publish = (text: string) => setSetting(admin, 'privacy', { 'zh-CN': text, en: text && 'How we treat your information.\n\n1. What we collect\nWhat you write.' })
const me = (page: Page) => page.evaluate(() => fetch('/api/me').then((response) => response.json())).then((answer: { data: Me }) => answer.data)

/** Shows the number and then the code that the server sent. */
async function verify(page: Page, phone: string): Promise<void> {
  await page.getByTestId('phone').fill(phone)
  await page.getByTestId('phone-submit').click()
  await page.getByTestId('phone-code').fill(await printedCode(server, phone))
  await page.getByTestId('phone-submit').click()
}

const known = (identity: 'phone' | 'oidc' | 'either') => ({ settings: { ...DEFAULT_SETTINGS, reviewFirst: false, identity } })

describe('a session that wants to know its residents', () => {
  it('asks when a question is sent, keeps the question meanwhile, and sends it then', async () => {
    const scene = await openScene(browser, server, 'live', known('phone'))
    const watch = await scene.watch()
    const { page } = watch
    await watch.ask('老旧小区加装电梯怎么申请？')
    await page.getByTestId('gate').waitFor()
    expect(await page.getByTestId('provider').count()).toBe(0)
    await page.getByTestId('phone').fill('123')
    await page.getByTestId('phone-submit').click()
    await page.getByText('请填写 11 位手机号').waitFor()
    await page.getByTestId('phone').fill('13800000001')
    await page.getByTestId('phone-submit').click()
    await page.getByTestId('phone-code').fill('000000')
    await page.getByTestId('phone-submit').click()
    await page.getByTestId('form-trouble').waitFor()
    await page.getByTestId('phone-code').fill(await printedCode(server, '13800000001'))
    await page.getByTestId('phone-submit').click()
    await page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
    expect((await me(page)).verified).toMatchObject([{ method: 'phone', hint: '138****0001' }])
    // From now on nobody asks.
    await watch.chat('大家好')
    await watch.message('大家好').waitFor()
  })

  it('asks when somebody votes, and does what they wanted then', async () => {
    const scene = await openScene(browser, server, 'live', known('phone'))
    await scene.host.request('question:intake', { sessionId: scene.sessionId, id: crypto.randomUUID(), text: '公交什么时候通到村里？', name: null, topicId: null, channel: 'phone' })
    const watch = await scene.watch()
    const { page } = watch
    const card = await watch.sees('公交什么时候通到村里？')
    await card.getByTestId('vote').click()
    await page.getByTestId('gate').waitFor()
    await verify(page, '13800000002')
    await until(async () => (await card.getByTestId('vote').getAttribute('aria-pressed')) === 'true', 'the vote to stand')
    await page.getByTestId('gate').waitFor({ state: 'detached' })
  })

  it('keeps what was typed when somebody would rather not, and lets them send it later', async () => {
    const scene = await openScene(browser, server, 'live', known('phone'))
    const watch = await scene.watch()
    const { page } = watch
    await watch.chat('我先看看')
    await page.getByTestId('gate').waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('gate').waitFor({ state: 'detached' })
    expect(await page.getByTestId('chat-input').inputValue()).toBe('我先看看')
    await page.getByTestId('chat-send').click()
    await page.getByTestId('gate').waitFor()
    await verify(page, '13800000003')
    await watch.message('我先看看').waitFor()
  })

  it('leads to the provider and back, and the question is sent by itself', async () => {
    const scene = await openScene(browser, server, 'live', known('oidc'))
    const watch = await scene.watch()
    const { page } = watch
    await watch.ask('登录之后还在吗？')
    const link = page.getByTestId('gate').getByTestId('provider')
    await link.waitFor()
    expect(await page.getByTestId('phone').count()).toBe(0)
    // The provider's own pages load fonts from elsewhere, which this machine has not: they are gone through by hand.
    const [request] = await Promise.all([page.waitForRequest((sent) => sent.url().startsWith(provider.issuer)), page.route(`${provider.issuer}/**`, (route) => route.fulfill({ body: 'the provider' })), link.click()])
    await page.waitForLoadState()
    await page.goto(await signInAt(provider.issuer, request.url(), 'zhang'))
    await until(() => new URL(page.url()).pathname === scene.path, 'the way back')
    await until(async () => (await (await watch.own('登录之后还在吗？')).count()) === 1, 'the question to be sent')
    expect((await me(page)).verified).toMatchObject([{ method: 'oidc', hint: PROVIDER }])
  })

  it('says so when somebody comes back from the provider without having signed in', async () => {
    const scene = await openScene(browser, server, 'live', known('oidc'))
    const { page } = await visitor(browser, server.url)
    await page.goto(`${server.url}${scene.path}?refused=cancelled`)
    await page.getByText('您取消了登录，没有任何改动。').first().waitFor()
    await until(() => new URL(page.url()).search === '', 'a clean address')
  })

  it('has nothing in it that keeps people out', async () => {
    const scene = await openScene(browser, server, 'live', known('either'))
    for (const viewport of [PHONE, DESKTOP]) {
      const { page } = await visitor(browser, server.url, { viewport })
      await page.goto(server.url + scene.path)
      await page.getByTestId('tab-chat').click()
      await page.getByTestId('chat-input').fill('你好')
      await page.getByTestId('chat-send').click()
      await page.getByTestId('gate').getByTestId('provider').waitFor()
      expect(await barriers(page)).toEqual([])
    }
  })
})

describe('one’s own identity and data', () => {
  it('shows who one is, verifies, gives the data and erases', async () => {
    const { page } = await visitor(browser, server.url)
    await page.goto(server.url + '/me')
    await page.getByTestId('who').waitFor()
    expect(await page.getByTestId('who').getAttribute('data-kind')).toBe('anonymous')
    await page.getByTestId('verify').click()
    await verify(page, '13800000004')
    await page.getByTestId('verified').waitFor()
    expect(await page.getByTestId('verified').innerText()).toContain('138****0004')

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download').click()])
    const data = JSON.parse(await readFile(await download.path(), 'utf8')) as PersonalData
    expect(data.kept['verifications']).toMatchObject([{ identity: { phone: '13800000004' } }])

    await page.getByTestId('erase').click()
    await page.getByRole('dialog').getByRole('button', { name: '删除我的一切' }).click()
    await page.getByTestId('erased').getByText('已全部删除').waitFor()
    expect(await page.getByTestId('who').getAttribute('data-kind')).toBe('anonymous')
    expect((await me(page)).personId).not.toBe(data.personId)
  })

  it('signs out of this browser, which is nobody in particular then', async () => {
    const { page } = await visitor(browser, server.url)
    await page.goto(server.url + '/me')
    await page.getByTestId('verify').click()
    await verify(page, '13800000005')
    await page.getByTestId('verified').waitFor()
    await page.getByTestId('me-sign-out').click()
    await until(async () => (await me(page)).signedIn === null, 'the sign-out')
    await page.goto(server.url + '/me')
    await page.getByTestId('who').waitFor()
    expect(await page.getByTestId('who').getAttribute('data-kind')).toBe('anonymous')
  })

  it('says why a provider led back without having signed anybody in', async () => {
    const { page } = await visitor(browser, server.url)
    await page.goto(server.url + '/me?refused=cancelled')
    await page.getByTestId('returned').getByText('您取消了登录').waitFor()
  })

  it.each(['/me', '/privacy'])('%s has nothing in it that keeps people out, in both languages', async (path) => {
    const { page } = await visitor(browser, server.url)
    await page.goto(server.url + path)
    await page.locator('h1').waitFor()
    expect(await barriersInBoth(page)).toEqual([])
  })
})

describe('a published notice', () => {
  beforeAll(() => publish(NOTICE))

  it('is agreed to in the form of the first question, once', async () => {
    const scene = await openScene(browser, server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
    const watch = await scene.watch()
    const { page } = watch
    await watch.ask('第一次提问')
    await page.getByTestId('consent-line').getByRole('alert').getByText('请先勾选同意').waitFor()
    expect(await page.getByTestId('ask-text').inputValue()).toBe('第一次提问')
    await page.getByTestId('consent-check').click()
    await page.getByTestId('ask-send').click()
    await page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
    expect((await me(page)).consented).toBe(1)
    await watch.ask('第二次提问')
    await page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
  })

  it('is shown to whoever chats first, and the message goes out once they agree', async () => {
    const scene = await openScene(browser, server, 'live')
    const watch = await scene.watch()
    const { page } = watch
    await watch.chat('大家好')
    await page.getByTestId('consent-form').waitFor()
    await page.getByTestId('consent-text').getByText('您写下的内容').waitFor()
    await page.getByTestId('consent-go').click()
    await page.getByText('请先勾选同意').waitFor()
    await page.getByTestId('consent-agree').click()
    await page.getByTestId('consent-go').click()
    await watch.message('大家好').waitFor()
  })

  it('comes before verification, and one leads to the other', async () => {
    const scene = await openScene(browser, server, 'live', known('phone'))
    const watch = await scene.watch()
    const { page } = watch
    await watch.chat('先同意再验证')
    await page.getByTestId('consent-agree').click()
    await page.getByTestId('consent-go').click()
    await verify(page, '13800000006')
    await watch.message('先同意再验证').waitFor()
  })

  it('is to be read at any time', async () => {
    const { page } = await visitor(browser, server.url)
    await page.goto(server.url + '/privacy')
    await page.getByRole('heading', { name: '二、保存多久' }).waitFor()
    expect(await barriersInBoth(page)).toEqual([])
    await page.goto(server.url + '/me')
    await page.getByTestId('consented').getByText('还没有同意').waitFor()
    expect(await barriersInBoth(page)).toEqual([])
  })
})
