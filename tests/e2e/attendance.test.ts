import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { barriers, barriersInBoth } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { openHallScene } from './hallScene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

test('a forum’s people are invited, one says yes on a phone, and has code and seat', { timeout: 240_000 }, async () => {
  const scene = await openHallScene(server, [])
  const office = await visitor(browser, server.url)
  const { page } = office
  await comeIn(page, server.links.host)
  await page.goto(`${server.url}/s/${scene.sessionId}/attendance`)
  await page.getByTestId('settings-open').click()
  await page.getByTestId('settings-venue').fill('县行政中心一楼')
  await page.getByTestId('settings-seats').fill('2')
  await page.getByTestId(`quota-${scene.forum.id}`).fill('2')
  expect(await barriers(page)).toEqual([])
  await page.getByTestId('dialog-submit').click()
  await page.getByTestId('setting-venue').getByText('县行政中心一楼').waitFor()
  expect(await page.getByTestId('hall-code').innerText()).toMatch(/^\d{6}$/)

  await page.getByTestId('invite-open').click()
  await page.getByTestId('invite-names').fill('1. 王芳 13800001111\n2. 李明\n3. 赵强')
  await page.getByTestId('dialog-refused').getByText('超出名额').waitFor()
  await page.getByTestId('invite-names').fill('1. 王芳 13800001111\n2. 李明\n李明')
  await page.getByTestId('invite-problems').getByText('第 3 行重复').waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByTestId('dialog-submit').click()
  const line = (name: string) => page.getByTestId('attendee').filter({ hasText: name })
  await line('李明').waitFor()
  expect(await barriersInBoth(page)).toEqual([])
  await line('王芳').getByRole('button').click()
  const link = await page.getByTestId('link-address').inputValue()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')

  const phone = await visitor(browser, server.url, { viewport: PHONE, isMobile: true, hasTouch: true })
  await comeIn(phone.page, link)
  await phone.page.waitForURL(`**/s/${scene.sessionId}/invitation`)
  await phone.page.getByTestId('invitation-venue').getByText('县行政中心一楼').waitFor()
  expect(await barriersInBoth(phone.page)).toEqual([])
  await phone.page.getByTestId('reply-yes').click()
  await phone.page.getByTestId('ticket-code').waitFor()
  expect(await barriersInBoth(phone.page)).toEqual([])

  await page.reload()
  await page.locator('[data-testid="attendee"][data-state="accepted"]').filter({ hasText: '王芳' }).waitFor()
  await page.getByTestId('seats-open').click()
  await page.getByTestId('dialog-submit').click()
  await line('王芳').getByText('1排').waitFor()
  await phone.page.reload()
  await phone.page.getByTestId('ticket-seat').getByText('1排').waitFor()

  await page.getByTestId('remind-all').click()
  await page.getByTestId('reminded').waitFor()
  await page.getByTestId('reminded-text').waitFor()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByTestId('cards-open').click()
  await page.getByTestId('card').filter({ hasText: '王芳' }).waitFor()
  await page.getByTestId('card').filter({ hasText: scene.session.guests[0]!.name }).waitFor()
  expect(await barriersInBoth(page)).toEqual([])
  await page.goto(`${server.url}/s/${scene.sessionId}/seats`)
  await page.getByTestId('seat-row').filter({ hasText: '王芳' }).waitFor()
  expect(await barriersInBoth(page)).toEqual([])

  // A reply may be changed: the place goes to the next.
  await phone.page.getByTestId('reply-change').click()
  await phone.page.getByRole('dialog').getByRole('button', { name: '不参加' }).click()
  await phone.page.getByTestId('reply-yes').waitFor()
  expect((await scene.named('王芳')).state).toBe('declined')
  expect([...office.troubles, ...phone.troubles]).toEqual([])
})

test('a resident applies from the watch page, is given a place, and learns of it', { timeout: 180_000 }, async () => {
  const scene = await openHallScene(server, [])
  await scene.host.person.send('PUT', `/api/sessions/${scene.sessionId}/attendance`, { expectedVersion: 0, venue: '', seats: 10, quotas: [], applyUntil: new Date(Date.now() + 3_600_000).toISOString() })
  const phone = await visitor(browser, server.url, { viewport: PHONE, isMobile: true, hasTouch: true })
  const { page } = phone
  await page.goto(`${server.url}/s/${scene.sessionId}`)
  await page.getByTestId('attend-line').click()
  await page.getByTestId('apply-form').waitFor()
  expect(await barriersInBoth(page)).toEqual([])
  await page.getByTestId('apply-name').fill('热心居民老陈')
  await page.getByTestId('apply-note').fill('想说说充电桩')
  await page.getByTestId('apply-submit').click()
  await page.locator('[data-testid="invitation"][data-standing="applied"]').waitFor()

  const office = await visitor(browser, server.url)
  await comeIn(office.page, server.links.host)
  await office.page.goto(`${server.url}/s/${scene.sessionId}/attendance`)
  await office.page.getByTestId('attendee').filter({ hasText: '热心居民老陈' }).getByRole('button').click()
  await office.page.getByTestId('attendee-accept').click()
  await office.page.locator('[data-testid="attendee"][data-state="accepted"]').waitFor()
  await page.reload()
  await page.getByTestId('ticket-code').waitFor()
  expect([...office.troubles, ...phone.troubles]).toEqual([])
})
