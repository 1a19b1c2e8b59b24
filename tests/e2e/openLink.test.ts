import type { Browser, BrowserContextOptions } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { SignInLink } from '../../shared/accounts.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { barriersInBoth } from './axe.ts'
import { accountPage } from './pages/account.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let server: TestServer
let browser: Browser
let scene: Scene
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  scene = await openScene(browser, server, 'backstage')
})

async function device(options: BrowserContextOptions = {}) {
  const { page } = await visitor(browser, server.url, options)
  return accountPage(page)
}

test('a guest moves to another device by one button, and the first one is told', async () => {
  const [first, second] = await Promise.all([device(), device({ viewport: PHONE, hasTouch: true, isMobile: true })])
  await first.page.goto(scene.link('guest'))
  await first.page.getByTestId('device-check').waitFor()
  expect(await first.menu.getAttribute('aria-label')).toContain(scene.session.guests[0]!.name)

  await second.page.goto(scene.link('guest'))
  await second.linkInUse.waitFor()
  await second.linkInUse.getByText(scene.session.guests[0]!.name).waitFor()
  await second.linkInUse.getByText(/Chrome/).waitFor()
  expect(await barriersInBoth(second.page)).toEqual([])
  await second.page.getByTestId('link-move').click()
  await second.page.getByTestId('device-check').waitFor()
  expect(new URL(second.page.url()).pathname).toBe(`${scene.path}/stage`)

  await first.revoked('moved').waitFor({ timeout: 5_000 })
  await first.page.getByTestId('sign-in-offer').waitFor()
  await first.menu.waitFor({ state: 'detached' })
  expect(await barriersInBoth(first.page)).toEqual([])
  // It stays readable until somebody puts it away.
  await first.page.getByTestId('revoked-close').click()
  await first.revoked('moved').waitFor({ state: 'detached' })

  await second.choose('sign-out')
  await second.answer('go on')
  await second.page.waitForURL(`${server.url}/`)
  await second.menu.waitFor({ state: 'detached' })
  // Going back does not open the link once more.
  await second.page.goBack()
  await second.page.getByTestId('sign-in-offer').waitFor()
})

test('a link whose opening is lost on the way is tried again, and one that was renewed is void', async () => {
  const host = await device()
  await host.page.route('**/api/links/open', (route) => route.abort())
  await host.page.goto(scene.link('moderator'))
  await host.page.getByRole('alert').getByRole('button').waitFor()
  expect(await barriersInBoth(host.page)).toEqual([])
  await host.page.unroute('**/api/links/open')
  await host.page.getByRole('alert').getByRole('button').click()
  await host.page.getByTestId('desk').waitFor()

  const links = await scene.host.person.get<SignInLink[]>(`/api/sessions/${scene.sessionId}/links`)
  const { id } = links.find(({ role }) => role === 'moderator')!
  await scene.host.person.send('PUT', `/api/sessions/${scene.sessionId}/links/${id}`, { action: 'renew' })
  await host.revoked('revoked').waitFor({ timeout: 5_000 })
  await host.page.getByTestId('desk-trouble').waitFor()
  expect(await barriersInBoth(host.page)).toEqual([])
  await host.page.goto(scene.link('moderator'))
  await host.page.getByTestId('link-invalid').waitFor()
  expect(await barriersInBoth(host.page)).toEqual([])
})
