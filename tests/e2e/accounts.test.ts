import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Ack } from '../../shared/protocol/errors.ts'
import type { SessionView } from '../../shared/sessions.ts'
import type { InvitationMade } from '../../shared/staff.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { sessionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { PASSWORD, codeOf } from '../support/staff.ts'
import { barriers, barriersInBoth } from './axe.ts'
import { tabTo } from './keys.ts'
import { accountPage } from './pages/account.ts'
import type { AccountPage } from './pages/account.ts'

const ADMIN = { siteName: '清河县在线访谈', name: '张敏', username: 'zhang.min', password: PASSWORD }
const STAFF = { name: '李强', username: 'li.qiang', password: '骑行道 afterwards 青石板' }

let server: TestServer
let browser: Browser
/** The address of the set-up page, as the terminal has it. */
let setup: string
let secret: string
let recovery: string[]

async function come(path: string, options: BrowserContextOptions = {}): Promise<AccountPage> {
  const { page } = await visitor(browser, server.url, options)
  await page.goto(path.startsWith('http') ? path : server.url + path)
  return accountPage(page)
}

/** A browser in which the administrator is signed in, at `path`. Costs a recovery code: the authenticator's serve once in half a minute. */
async function comeAsAdmin(path: string): Promise<AccountPage> {
  const admin = await come(`/sign-in?back=${path}`)
  await admin.signIn(ADMIN.username, ADMIN.password)
  await admin.confirm(recovery.pop()!)
  await admin.menu.waitFor()
  await admin.page.waitForURL(`${server.url}${path}`)
  return admin
}

/** As whoever is signed in on `page`. */
async function send<T>({ page }: AccountPage, method: string, path: string, data: unknown): Promise<T> {
  const response = await page.context().request.fetch(server.url + path, { method, data })
  const answer = (await response.json()) as Ack<T>
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.data
}

async function invite(admin: AccountPage): Promise<string> {
  const made = await send<InvitationMade>(admin, 'POST', '/api/admin/invitations', { id: randomUUID(), name: STAFF.name, role: 'staff', departmentId: null })
  return made.url
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ env: { NODE_ENV: 'production' } }), openBrowser()])
  setup = /http\S+\/setup#\S+/.exec(server.output())![0]
})

describe('from the terminal to a county with staff', () => {
  test('the first start leads to an administrator with a second factor', async () => {
    const admin = await come('/setup')
    await admin.page.getByTestId('setup-no-token').waitFor()
    expect(await barriersInBoth(admin.page)).toEqual([])

    await admin.page.goto(setup)
    await admin.page.getByTestId('setup').waitFor()
    await admin.page.waitForURL(`${server.url}/setup`)
    expect(await admin.page.evaluate(() => JSON.stringify(history.state))).not.toContain(setup.split('#')[1])
    await admin.field('username').fill(ADMIN.username)
    await admin.field('new-password').fill(`${ADMIN.username} 2026`)
    await admin.page.getByTestId('password-hint').getByText('不要包含用户名或姓名').waitFor()
    await admin.page.getByTestId('setup-submit').click()
    expect(await barriersInBoth(admin.page)).toEqual([])
    await admin.setUp(ADMIN)

    await admin.page.getByTestId('factor-start').waitFor()
    expect(new URL(admin.page.url()).pathname).toBe('/account')
    await admin.page.getByTestId('site-name').getByText(ADMIN.siteName).waitFor()
    expect(await barriersInBoth(admin.page)).toEqual([])

    await admin.page.getByTestId('site-name').click()
    await admin.page.getByTestId('factor-notice').getByRole('link').click()
    secret = await admin.offerFactor(ADMIN.password)
    expect(await barriersInBoth(admin.page)).toEqual([])
    await admin.page.getByTestId('code').fill('000000')
    await admin.page.getByTestId('factor-confirm-submit').click()
    await admin.page.getByText('验证码不对').waitFor()
    recovery = await admin.confirmFactor(secret)
    expect(recovery).toHaveLength(10)
    expect(await barriersInBoth(admin.page)).toEqual([])
  })

  test('recovery codes are not left behind by accident, and can be kept as a file', async () => {
    const admin = await comeAsAdmin('/account')
    await admin.page.getByTestId('factor-renew').click()
    await admin.field('password').fill(ADMIN.password)
    await admin.page.getByTestId('factor-proof-submit').click()
    await admin.page.getByTestId('recovery-codes').waitFor()
    await admin.page.getByTestId('site-name').click()
    await admin.answer('stay')
    const [download] = await Promise.all([admin.page.waitForEvent('download'), admin.page.getByTestId('recovery-download').click()])
    recovery = await admin.page.getByTestId('recovery-code').allInnerTexts()
    const file = await readFile(await download.path(), 'utf8')
    expect(recovery.filter((code) => !file.includes(code))).toEqual([])
    expect(file).toContain(ADMIN.username)
    await admin.page.getByTestId('recovery-kept').click()
    await admin.page.getByTestId('codes-left').getByText('10').waitFor()
    await admin.choose('sign-out')
    await admin.page.getByTestId('account-menu').waitFor({ state: 'detached' })
    await admin.page.goto(`${server.url}/account`)
    await admin.page.getByTestId('sign-in-offer').waitFor()
    expect(await barriersInBoth(admin.page)).toEqual([])
    await admin.page.goto(setup)
    await admin.page.getByTestId('setup-closed').waitFor()
    expect(await barriersInBoth(admin.page)).toEqual([])
  })

  test('signing in by keyboard alone leads back to the page that asked for it', async () => {
    const { page, ...admin } = await come('/admin')
    await tabTo(page, page.getByTestId('sign-in-offer'))
    await page.keyboard.press('Enter')
    await page.getByTestId('sign-in').waitFor()
    expect(await barriersInBoth(page)).toEqual([])
    await admin.field('username').focus()
    await page.keyboard.type(ADMIN.username)
    await page.keyboard.press('Tab')
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    await admin.trouble.getByText('用户名或密码不对').waitFor()
    expect(await barriersInBoth(page)).toEqual([])
    await admin.field('password').focus()
    await page.keyboard.type(ADMIN.password)
    await page.keyboard.press('Enter')
    await page.getByTestId('sign-in-code').waitFor()
    expect(await barriersInBoth(page)).toEqual([])
    await page.getByTestId('code').focus()
    // The present one was used up when it was set up.
    await page.keyboard.type(codeOf(secret, new Date(), 1))
    await page.keyboard.press('Enter')
    await page.waitForURL(`${server.url}/admin`)
    await tabTo(page, admin.menu)
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    expect(await barriers(page)).toEqual([])
  })

  test('an invitation becomes an account in another browser, once', async () => {
    const admin = await comeAsAdmin('/account')
    const url = await invite(admin)
    const staff = await come(url, { locale: 'en-GB', viewport: PHONE, hasTouch: true, isMobile: true })
    await staff.page.getByTestId('invite').getByText(STAFF.name).first().waitFor()
    expect(await barriersInBoth(staff.page)).toEqual([])
    await staff.field('username').fill(ADMIN.username)
    await staff.field('new-password').fill(STAFF.password)
    await staff.page.getByTestId('invite-submit').click()
    await staff.page.getByText('Somebody else has this user name already').waitFor()
    await staff.field('username').fill(STAFF.username)
    await staff.page.getByTestId('invite-submit').click()
    await staff.menu.waitFor()
    expect(await staff.menu.getAttribute('aria-label')).toContain(STAFF.name)
    await staff.page.goBack().catch(() => undefined)
    const late = await come(url)
    await late.page.getByTestId('invite-invalid').waitFor()
    expect(await barriersInBoth(late.page)).toEqual([])
  })

  test('who guesses too often is locked out, and told for how long', async () => {
    const guesser = await come('/sign-in')
    for (let guess = 0; guess < 5; guess++) {
      await guesser.signIn(STAFF.username, `wrong ${guess}`)
      await guesser.trouble.waitFor()
      await guesser.page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name="password"]')?.value === '')
    }
    await guesser.signIn(STAFF.username, STAFF.password)
    await guesser.lockClock.waitFor()
    expect(await guesser.lockClock.innerText()).toMatch(/1[45]:\d\d/)
    expect(await guesser.page.getByTestId('sign-in-submit').isDisabled()).toBe(true)
    expect(await barriersInBoth(guesser.page)).toEqual([])
  })

  test('a browser that is signed out from another one says so at once, and keeps what everybody may do', async () => {
    const one = await comeAsAdmin('/account')
    const session = await send<SessionView>(one, 'POST', '/api/sessions', sessionInput({ startsAt: new Date(Date.now() + 86_400_000).toISOString() }))
    const two = await comeAsAdmin(`/s/${session.id}/desk`)
    await two.page.getByTestId('desk').waitFor()
    await one.page.reload()
    await one.page.getByTestId('end-others').click()
    await one.answer('go on')
    await two.revoked('signed_out').waitFor({ timeout: 5_000 })
    await two.page.getByTestId('desk-trouble').getByTestId('sign-in-offer').waitFor()
    expect(await barriersInBoth(two.page)).toEqual([])
    expect(await one.page.getByTestId('sign-in-other').count()).toBe(0)
    await two.page.getByTestId('sign-in-offer').click()
    await two.signIn(ADMIN.username, ADMIN.password)
    await two.confirm(recovery.pop()!)
    await two.page.getByTestId('desk').waitFor()
  })

  test('a forgotten password is replaced by a link, and the second factor stays', async () => {
    const admin = await comeAsAdmin('/account')
    const people = await send<{ id: string; username: string }[]>(admin, 'GET', '/api/admin/people', undefined)
    const me = people.find(({ username }) => username === ADMIN.username)!
    const { url } = await send<{ url: string }>(admin, 'POST', `/api/admin/people/${me.id}/act`, { action: 'reset' })
    const lost = await come(url)
    await lost.page.getByTestId('invite').getByText(ADMIN.username).waitFor()
    expect(await barriersInBoth(lost.page)).toEqual([])
    await lost.field('new-password').fill('新的口令 with three lanterns')
    await lost.page.getByTestId('invite-submit').click()
    await lost.confirm(recovery.pop()!)
    await lost.menu.waitFor()
    await admin.revoked('signed_out').waitFor()
  })
})
