import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { SignInLink } from '../../shared/accounts.ts'
import { openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { barriers, barriersInBoth } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

const linksOf = ({ host, sessionId }: Scene) => host.person.get<SignInLink[]>(`/api/sessions/${sessionId}/links`)
const idOf = async (scene: Scene, role: SignInLink['role']) => (await linksOf(scene)).find((link) => link.role === role)!.id

test('a link that is used twice is told at the desk, renewed there, and only its owner is back in', { timeout: 180_000 }, async () => {
  const scene = await openScene(browser, server, 'backstage')
  const id = await idOf(scene, 'guest')
  const [desk, stage] = [await scene.desk(), await scene.stage()]
  const thief = await visitor(browser, server.url)
  await thief.page.goto(scene.link('guest'))
  await thief.page.getByTestId('link-move').waitFor()

  await desk.alarm(id, 'refused').getByText(scene.session.guests[0]!.name).waitFor()
  expect(await barriersInBoth(desk.page)).toEqual([])
  await desk.page.getByTestId('alarm-seen').click()
  await desk.alarm(id, 'refused').waitFor({ state: 'detached' })

  await thief.page.getByTestId('link-move').click()
  await desk.alarm(id, 'moved').waitFor()
  await stage.page.getByTestId('device-check').waitFor({ state: 'detached' })
  await desk.page.getByTestId('alarm-renew').click()
  await desk.agree('换新链接')

  const card = desk.link(id)
  await card.getByTestId('link-address').waitFor()
  await desk.alarm(id, 'moved').waitFor({ state: 'detached' })
  const renewed = await card.getByTestId('link-address').inputValue()
  expect(renewed).not.toBe(scene.link('guest'))
  expect(await barriers(desk.page)).toEqual([])
  await thief.page.getByTestId('device-check').waitFor({ state: 'detached' })
  await thief.page.goto(scene.link('guest'))
  await thief.page.getByTestId('link-invalid').waitFor()
  await comeIn(stage.page, renewed)
  await stage.page.getByTestId('device-check').waitFor()
})

test('a link serves until its date, is given another one, is shown as a code, and ends when it is revoked', { timeout: 180_000 }, async () => {
  const scene = await openScene(browser, server, 'announced')
  const id = await idOf(scene, 'moderator')
  await scene.host.person.send('PUT', `/api/sessions/${scene.sessionId}/links/${id}`, { action: 'expire', at: new Date(Date.now() - 60_000).toISOString() })
  const { page } = await visitor(browser, server.url)
  await page.goto(scene.link('moderator'))
  await page.getByTestId('link-invalid').waitFor()

  const desk = await scene.desk()
  await desk.open('links')
  const card = desk.link(id)
  await card.waitFor()
  expect(await card.getAttribute('data-validity')).toBe('expired')
  expect(await card.getByTestId('link-address').count()).toBe(0)
  await card.getByTestId('link-expire').click()
  await card.locator('input[name="expiresAt"]').fill('2020-01-01T08:00')
  await card.getByTestId('link-expiry-save').click()
  await card.getByText('请选择将来的时间').waitFor()
  await card.locator('input[name="expiresAt"]').fill('2099-12-31T20:00')
  await card.getByTestId('link-expiry-save').click()
  await desk.page.locator(`[data-testid="link-${id}"][data-validity="until"]`).waitFor()
  await card.getByTestId('link-code-open').click()
  await card.getByTestId('link-code').getByRole('img').waitFor()
  expect(await barriers(desk.page)).toEqual([])

  await comeIn(page, scene.link('moderator'))
  await page.getByTestId('desk').waitFor()
  expect(await page.getByTestId('read-only').count()).toBe(0)
  await card.getByTestId('link-revoke').click()
  await desk.agree('撤销')
  await desk.page.locator(`[data-testid="link-${id}"][data-validity="revoked"]`).waitFor()
  await page.getByTestId('desk-trouble').waitFor()
})

test('a guest whose link was revoked is given a new one where the links are', { timeout: 120_000 }, async () => {
  const scene = await openScene(browser, server, 'announced')
  const desk = await scene.desk()
  const { page } = desk
  await desk.open('links')
  const card = desk.link(await idOf(scene, 'guest'))
  await card.getByTestId('link-revoke').click()
  await desk.agree('撤销')
  await card.getByText('已撤销，打不开了').waitFor()
  for (const gone of ['link-address', 'link-expire', 'link-revoke']) expect(await card.getByTestId(gone).count(), gone).toBe(0)
  expect(await barriers(page)).toEqual([])
  await card.getByTestId('link-renew').click()
  await card.getByTestId('link-address').waitFor()
  const guest = await visitor(browser, server.url)
  await comeIn(guest.page, await card.getByTestId('link-address').inputValue())
  expect(new URL(guest.page.url()).pathname).toBe(`${scene.path}/stage`)
})

test('a further link is made for a colleague, with a name', { timeout: 120_000 }, async () => {
  const scene = await openScene(browser, server, 'announced')
  const desk = await scene.desk()
  await desk.open('links')
  await desk.page.getByTestId('link-create-open').click()
  await desk.page.getByTestId('link-create').getByRole('radio', { name: /^导播/ }).click()
  await desk.page.locator('input[name="linkName"]').fill('陈导')
  expect(await barriers(desk.page)).toEqual([])
  await desk.page.getByTestId('link-create-submit').click()
  const card = desk.page.locator('[data-testid="links-dialog"] [data-role="director"]')
  await card.getByText('导播 陈导').waitFor()
  const { page } = await visitor(browser, server.url)
  await comeIn(page, await card.getByTestId('link-address').inputValue())
  expect(new URL(page.url()).pathname).toMatch(new RegExp(`^${scene.path}`))
})
