import type { Browser, BrowserContextOptions } from 'playwright-core'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { shadeOf } from '../../shared/rules/accents.ts'
import type { KeptSetting, SiteView } from '../../shared/site.ts'
import { DESKTOP, PHONE, openBrowser, visitor } from '../support/browser.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { barriers } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { SETTINGS, SYSTEM, settingsPage } from './pages/settings.ts'

let server: TestServer
let browser: Browser
let operator: Person
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  operator = await createPerson(server.url, { link: server.links.host })
})

/** Whoever runs the installation, in a browser. */
async function administrator(options: BrowserContextOptions = {}) {
  const { page, troubles } = await visitor(browser, server.url, options)
  await comeIn(page, server.links.host)
  return { ...settingsPage(page, server.url), troubles }
}
const settingOf = async (key: string) => (await operator.get<KeptSetting[]>('/api/admin/settings')).find((setting) => setting.key === key)

test('the name, the emblem, the colour and the footer are on every page, before anything is painted', async () => {
  const admin = await administrator()
  await admin.open('branding')
  await admin.field('branding-name').fill('青石县在线访谈')
  await admin.press('accent-bronze')
  await admin.field('branding-footer').fill('青石县融媒体中心')
  const png = await sharp({ create: { width: 64, height: 64, channels: 4, background: '#8f520d' } }).png().toBuffer()
  await admin.field('emblem-input').setInputFiles({ name: 'emblem.png', mimeType: 'image/png', buffer: png })
  await admin.field('emblem').waitFor()
  expect(await admin.field('branding-preview').first().innerText()).toContain('青石县在线访谈')
  await admin.save()
  await until(async () => (await admin.accent()) === shadeOf('bronze', 500), 'the page to have its new colour')
  await admin.page.getByTestId('site-name').getByText('青石县在线访谈').waitFor()

  const { page, troubles } = await visitor(browser, server.url, { viewport: PHONE })
  await page.goto(server.url)
  expect(await settingsPage(page, server.url).accent()).toBe(shadeOf('bronze', 500))
  expect(await page.locator('head link[href="/branding.css"]').count()).toBe(1)
  await page.getByTestId('site-name').getByText('青石县在线访谈').waitFor()
  await page.getByTestId('site-footer').getByText('青石县融媒体中心').waitFor()
  await page.locator('header img[src^="/api/pictures/"]').waitFor()
  await until(async () => (await page.title()).includes('青石县在线访谈'), 'the title to name the site')
  expect([troubles, admin.troubles]).toEqual([[], []])
})

test('what is not saved is not left by accident, and a colleague’s version is told of', async () => {
  const admin = await administrator()
  await admin.open('words')
  const before = await admin.field('words-text').inputValue()
  await admin.field('words-text').fill(`${before}\n内幕消息`)
  await admin.page.getByTestId('admin-navigation').getByRole('link', { name: '工作日' }).click()
  await admin.answer('留下')
  expect(await admin.field('words-text').inputValue()).toContain('内幕消息')

  const { words, version } = await operator.get<{ words: string[]; version: number }>('/api/admin/words')
  await operator.send('PUT', '/api/admin/words', { expectedVersion: version, words: [...words, '同事加的词'] })
  await admin.press('kept-save')
  await admin.field('stale').waitFor()
  await admin.press('stale-keep')
  await until(async () => (await operator.get<{ words: string[] }>('/api/admin/words')).words.includes('内幕消息'), 'the list to be saved over')

  await admin.field('words-text').fill('一个词')
  await admin.page.getByTestId('admin-navigation').getByRole('link', { name: '工作日' }).click()
  await admin.answer('不保存，离开')
  await admin.page.waitForURL('**/admin/workdays')
})

test('a mistake is told at its field, and a secret is never shown again', async () => {
  const admin = await administrator()
  await admin.open('identity')
  await admin.page.getByRole('radio', { name: '发给短信网关' }).click()
  await admin.press('kept-save')
  expect(await admin.field('sms-url').getAttribute('aria-invalid')).toBe('true')
  await admin.field('sms-url').fill('https://sms.example/send')
  await admin.field('sms-secret').fill('the-gateway-secret')
  await admin.press('provider-add')
  await admin.field('provider-name').fill('政务服务网')
  await admin.field('provider-id').fill('zwfw')
  await admin.field('provider-issuer').fill('https://id.example')
  await admin.field('provider-client').fill('fangtan')
  await admin.field('provider-secret').fill('the-client-secret')
  expect(await admin.field('provider-callback').innerText()).toBe(`${server.url}/api/me/oidc/zwfw/callback`)
  await admin.save()
  await admin.page.reload()
  await admin.field('provider').waitFor()
  expect(await Promise.all(['sms-secret', 'provider-secret'].map((id) => admin.field(id).inputValue()))).toEqual(['', ''])
  expect((await operator.get<SiteView>('/api/site')).identity).toEqual({ phone: true, providers: [{ id: 'zwfw', name: '政务服务网' }] })
})

test('a privacy notice is filled in, looked at and published after a question', async () => {
  const admin = await administrator()
  await admin.open('privacy')
  await admin.press('privacy-template')
  await until(async () => (await admin.field('notice-text').first().inputValue()).includes('未成年人'), 'the standard text')
  await admin.field('notice-toggle').first().click()
  await admin.field('notice-preview').getByText('您的权利').waitFor()
  await admin.press('kept-save')
  await admin.answer('发布')
  await admin.page.getByTestId('privacy-standing').getByText('第 1 版').waitFor()
  await admin.page.locator('footer').getByRole('link', { name: '隐私说明' }).click()
  await admin.page.waitForURL('**/privacy')
})

test('days of the county’s own change when something is due', async () => {
  const admin = await administrator()
  await admin.open('workdays')
  await admin.field('due-from').fill('2026-09-28')
  await admin.field('due').getByText('2026年10月10日').waitFor()
  await admin.press('override-add')
  await admin.page.getByText('请选择日期。').waitFor()
  await admin.field('override-date').fill('2026-10-09')
  await admin.field('override-note').fill('县庆')
  await admin.press('override-add')
  await admin.field('override').getByText('县庆').waitFor()
  await admin.save()
  await admin.field('due').getByText('2026年10月12日').waitFor()
  await admin.field('due-from').fill('2027-06-01')
  await admin.field('due-provisional').waitFor()
})

test('retention says what would go before anything does', async () => {
  const admin = await administrator()
  await admin.open('retention')
  await admin.field('retention-logDays').fill('10')
  await admin.press('kept-save')
  expect(await admin.field('retention-logDays').getAttribute('aria-invalid')).toBe('true')
  await admin.field('retention-logDays').fill('90')
  expect(await admin.field('clean-up-run').isDisabled()).toBe(true)
  await admin.save()
  await admin.press('clean-up-preview')
  await until(async () => (await admin.field('clean-up-found').innerText()) !== '', 'what would go')
  expect((await settingOf('retention'))?.value).toMatchObject({ logDays: 90 })
  await admin.field('retention-chatDays').fill('18')
  await admin.press('kept-save')
  const asked = admin.page.getByRole('alertdialog').or(admin.page.getByRole('dialog'))
  await asked.getByText('聊天由 180 天改为 18 天').waitFor()
  await asked.getByRole('button', { name: '取消' }).click()
  await asked.waitFor({ state: 'detached' })
  expect((await settingOf('retention'))?.value).toMatchObject({ chatDays: 180 })
  await admin.press('kept-save')
  await asked.getByRole('button', { name: '缩短期限' }).click()
  await until(async () => JSON.stringify((await settingOf('retention'))?.value).includes('"chatDays":18'), 'the shorter period')
})

test('who needs a second factor is chosen', async () => {
  const admin = await administrator()
  await admin.open('security')
  await admin.page.getByRole('radio', { name: '所有工作人员' }).click()
  await admin.save()
  expect((await settingOf('security'))?.value).toEqual({ secondFactor: 'everybody' })
})

test('health says in words how each part stands, and that it could not be asked', async () => {
  const admin = await administrator()
  await admin.open('health')
  expect(await admin.field('health-database').getAttribute('data-state')).toBe('ok')
  expect(await admin.field('health-media').innerText()).toContain('未启用')
  await admin.page.context().setOffline(true)
  await admin.press('health-refresh')
  await admin.page.getByText('没有取到最新内容').waitFor()
  await admin.page.context().setOffline(false)
  await admin.page.getByText('没有取到最新内容').waitFor({ state: 'detached' })
})

describe.each([
  ['zh-CN', PHONE],
  ['en-US', DESKTOP],
] as const)('in %s', (locale, viewport) => {
  test.each([...SETTINGS, ...SYSTEM])('%s keeps nobody out', async (section) => {
    const admin = await administrator({ locale, viewport })
    await admin.open(section)
    expect(await barriers(admin.page)).toEqual([])
    const { wide, missing } = await admin.page.evaluate(() => ({ wide: document.documentElement.scrollWidth > window.innerWidth, missing: document.body.innerText.match(/\badmin\.\w+/g) }))
    expect([wide, missing]).toEqual([false, null])
    expect(admin.troubles).toEqual([])
  })
})
