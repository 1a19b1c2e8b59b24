import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { SignInLink } from '../../shared/accounts.ts'
import type { AgendaItem } from '../../shared/agenda.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { barriers } from '../support/barriers.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { barriersInBoth } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

const MINUTE = 60_000
const item = (title: string, minutes: number, over: Partial<AgendaItem> = {}): AgendaItem => ({ id: randomUUID(), kind: 'other', title, minutes, speakers: [], questionIds: [], ...over })

/** A director, in by a link of their own, at the desk. */
async function director({ host, sessionId, path }: Scene): Promise<Page> {
  const links = await host.person.send<SignInLink[]>('POST', `/api/sessions/${sessionId}/links`, { id: randomUUID(), role: 'director', name: '陈导' })
  const { page } = await visitor(browser, server.url)
  await comeIn(page, links.find(({ role }) => role === 'director')!.url)
  expect(new URL(page.url()).pathname).toBe(`${path}/desk`)
  return page
}

async function onPhone({ path }: Scene): Promise<Page> {
  const { page } = await visitor(browser, server.url, { viewport: PHONE })
  await page.goto(server.url + path)
  return page
}

const now = (page: Page, title: string) => page.getByTestId('agenda-now').getByText(title).waitFor()
/** Seconds that the clock shows as left. */
async function left(page: Page): Promise<number> {
  const [, minutes, seconds] = /(\d+):(\d+)/.exec((await page.getByTestId('agenda-clock').textContent()) ?? '') ?? []
  return Number(minutes) * 60 + Number(seconds)
}

test('a host makes the agenda, the director moves on, and every page shows the same part and clock', { timeout: 180_000 }, async () => {
  const scene = await openScene(browser, server, 'backstage', { kind: 'symposium', startsAt: new Date().toISOString(), settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
  const asked = (await (await client(server.url)).request('question:submit', questionInput(scene.sessionId, '加装电梯谁出钱？'))).question
  const { page } = await scene.desk()
  await page.getByTestId('agenda-make').click()
  await page.getByTestId('agenda-template').click()
  await page.getByTestId('agenda-guest').first().click()
  await page.getByTestId('agenda-speaker').nth(1).fill('王秀英')
  await page.getByTestId('agenda-speaker').nth(1).press('Enter')
  await page.getByTestId('agenda-pick').first().click()
  await page.getByTestId('agenda-choice').getByText(asked.text).click()
  await page.getByTestId('agenda-lined').getByText(asked.text).waitFor()
  await page.getByTestId('agenda-minutes').nth(3).fill('')
  await page.getByTestId('agenda-save').click()
  await page.getByText('还有 1 处需要修改').waitFor()
  await page.getByTestId('agenda-minutes').nth(3).fill('10')
  await page.getByTestId('agenda-save').click()
  await page.getByText('议程已保存').first().waitFor()
  await page.getByTestId('notice-text').fill('会场在县行政中心三楼。\n请提前到场。')
  await page.getByTestId('notice-publish').click()
  await page.getByTestId('notice-remove').waitFor()
  expect(await barriersInBoth(page)).toEqual([])

  const phone = await onPhone(scene)
  await phone.getByTestId('notice').getByText('县行政中心三楼').waitFor()
  await phone.getByTestId('agenda-list').getByText('王秀英').waitFor()
  expect(await phone.getByTestId('agenda-list').getByRole('listitem').count()).toBe(4)
  expect(await barriers(phone)).toEqual([])

  const desk = await director(scene)
  expect(await desk.getByTestId('agenda-next').isDisabled()).toBe(true)
  const { version } = await scene.host.person.get<{ version: number }>(`/api/sessions/${scene.sessionId}`)
  await scene.host.request('session:phase', { sessionId: scene.sessionId, action: 'start', expectedVersion: version })
  await desk.getByTestId('agenda-next').click()
  await Promise.all([now(desk, '情况通报'), now(phone, '情况通报')])
  const [there, here] = await Promise.all([left(desk), left(phone)])
  expect(Math.abs(there - here)).toBeLessThanOrEqual(2)
  expect(there).toBeGreaterThan(14 * 60)
  expect(await barriersInBoth(desk)).toEqual([])
  expect(await barriers(phone)).toEqual([])

  await desk.getByTestId('agenda-next').click()
  await Promise.all([now(desk, '代表发言'), now(phone, '代表发言')])
  await phone.getByTestId('agenda-toggle').click()
  await phone.locator('[data-testid="agenda-list"] [data-standing="over"]').getByText('情况通报').waitFor()
  await desk.getByTestId('undo').click()
  await Promise.all([now(desk, '情况通报'), now(phone, '情况通报')])

  await desk.getByTestId('agenda-menu').click()
  await desk.getByTestId('agenda-longer').click()
  await expect.poll(() => left(phone)).toBeGreaterThan(15 * 60)
  await desk.getByRole('menu').waitFor({ state: 'detached' })
  await desk.getByTestId('agenda-menu').click()
  await desk.getByRole('menuitemcheckbox').nth(2).click()
  await now(phone, '自由发言')
  // The whole job is on the screen, with the strip above it.
  expect(await desk.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight)).toBeLessThanOrEqual(0)
})

test('running late is shown to everybody, and two at the same desk do not move it twice', { timeout: 120_000 }, async () => {
  const scene = await openScene(browser, server, 'live', { kind: 'symposium', startsAt: new Date(Date.now() - 6.5 * MINUTE).toISOString() })
  const { agenda } = await scene.host.request('agenda:save', { sessionId: scene.sessionId, expectedVersion: 0, items: [item('县长通报', 15), item('代表发言', 40), item('总结', 5)] })
  const { page: desk } = await scene.desk()
  const phone = await onPhone(scene)
  await desk.getByTestId('agenda-next').click()
  for (const page of [desk, phone]) await page.getByTestId('agenda-late').getByText('比计划晚 6 分钟').waitFor()
  await phone.locator('header button[lang]').click()
  await phone.getByTestId('agenda-late').getByText('6 minutes behind the plan').waitFor()

  // A colleague was quicker by a moment: the press is told, and moves nothing.
  await desk.context().setOffline(true)
  await scene.host.request('agenda:act', { sessionId: scene.sessionId, action: 'go', itemId: agenda.items[1]!.id, expectedVersion: agenda.version + 1 })
  expect(await desk.getByTestId('agenda-now').textContent()).toBe('县长通报')
  await desk.context().setOffline(false)
  await now(desk, '代表发言')
  await expect.poll(() => phone.getByTestId('agenda-now').textContent()).toContain('代表发言')
})

test('two who write at once lose nothing', { timeout: 120_000 }, async () => {
  const scene = await openScene(browser, server, 'announced', { kind: 'symposium' })
  const first = item('县长通报', 15)
  await scene.host.request('agenda:save', { sessionId: scene.sessionId, expectedVersion: 0, items: [first] })
  const { page } = await scene.desk()
  await page.goto(`${server.url}${scene.path}/agenda`)
  await page.getByTestId('agenda-title').fill('县长通报情况')
  await scene.host.request('agenda:save', { sessionId: scene.sessionId, expectedVersion: 1, items: [first, item('代表发言', 40)] })
  await page.getByTestId('agenda-newer').waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByTestId('agenda-mine').click()
  await page.getByTestId('agenda-save').click()
  await page.getByText('议程已保存').first().waitFor()
  expect(await page.getByTestId('agenda-title').count()).toBe(1)
  await page.getByTestId('agenda-add').click()
  await page.getByTestId('agenda-title').nth(1).fill('总结')
  await page.getByTestId('agenda-title').nth(1).press('Alt+ArrowUp')
  expect(await page.getByTestId('agenda-title').first().inputValue()).toBe('总结')
  // Leaving asks first.
  await page.getByRole('link', { name: '查看页面' }).click()
  await page.getByRole('button', { name: '留下' }).click()
  expect(new URL(page.url()).pathname).toBe(`${scene.path}/agenda`)
})
