import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Forum } from '../../shared/forums.ts'
import { DESKTOP, PHONE, openBrowser, visitor } from '../support/browser.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { barriers } from './axe.ts'
import { adminPage } from './pages/admin.ts'

let server: TestServer
let browser: Browser
let operator: Person
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  operator = await createPerson(server.url, { link: server.links.host })
})

async function administrator(options: BrowserContextOptions = {}) {
  const { page, troubles } = await visitor(browser, server.url, { viewport: DESKTOP, ...options })
  const admin = adminPage(page, server.url)
  await admin.comeIn(server.links.host)
  return { ...admin, troubles }
}

const addForum = (name: string, code: string): Promise<Forum> => operator.send('POST', '/api/admin/forums', { id: randomUUID(), name, code, origins: ['https://bbs.example.cn'], contact: '', members: 1_200 })

test('forums are added, corrected and archived, and their members summed up', async () => {
  const admin = await administrator()
  const { page, troubles } = admin
  await admin.open('forums')
  await page.getByText('还没有登记论坛').waitFor()
  await page.getByTestId('forum-add').click()
  await admin.submit()
  expect(await admin.dialog.getByText('请填写此项').count()).toBeGreaterThan(0)
  await page.getByTestId('forum-name').fill('南太湖论坛')
  await page.getByTestId('forum-code').fill('nth')
  await page.getByTestId('forum-members').fill('52000')
  await page.getByTestId('forum-contact').fill('站长老沈')

  // Told while it is typed, and nothing is sent meanwhile.
  await page.getByTestId('forum-origins').fill('https://bbs.nth.example/forum.php')
  await admin.dialog.getByText('请改成：https://bbs.nth.example').waitFor()
  expect(await page.getByTestId('dialog-submit').isDisabled()).toBe(true)
  await page.getByTestId('forum-origins').fill('https://bbs.nth.example/\nhttp://m.nth.example:8080')
  await admin.submit()
  await admin.dialog.waitFor({ state: 'detached' })
  expect(await admin.forum('nth').getByTestId('forum-origin').allInnerTexts()).toEqual(['https://bbs.nth.example', 'http://m.nth.example:8080'])
  await page.getByTestId('forums-sum').getByText('共 52,000 名会员').waitFor()

  await page.getByTestId('forum-add').click()
  await page.getByTestId('forum-name').fill('另一个论坛')
  await page.getByTestId('forum-code').fill('nth')
  await admin.submit()
  await admin.dialog.getByText('这个代码已被其他论坛使用，请换一个。').waitFor()
  await page.getByTestId('forum-code').fill('other')
  await page.getByTestId('forum-members').fill('8000')
  await admin.submit()
  await page.getByTestId('forums-sum').getByText('共 60,000 名会员').waitFor()

  await admin.forum('other').getByTestId('forum-archive').click()
  await admin.confirm('停用')
  await admin.forum('other').getByTestId('forum-restore').waitFor()
  await page.getByTestId('forums-sum').getByText('共 52,000 名会员').waitFor()
  // The browser says of itself that the taken code was refused.
  expect(troubles.filter((trouble) => !trouble.includes('409'))).toEqual([])
})

test('what a colleague saved meanwhile is not overwritten unseen', async () => {
  const { id, version, name, code, origins, members } = await addForum('溪边论坛', 'xibian')
  const admin = await administrator()
  await admin.open('forums')
  await admin.forum('xibian').getByTestId('forum-edit').click()
  await operator.send('PUT', `/api/admin/forums/${id}`, { name, code, origins, members, contact: '同事填的', archived: false, expectedVersion: version })
  await admin.page.getByTestId('forum-contact').fill('我填的')
  await admin.submit()
  await admin.page.getByTestId('stale').waitFor()
  await admin.page.getByTestId('stale-adopt').click()
  expect(await admin.page.getByTestId('forum-contact').inputValue()).toBe('同事填的')
  await admin.page.getByTestId('forum-contact').fill('商量好的')
  await admin.submit()
  await admin.forum('xibian').getByText('商量好的').waitFor()
})

describe.each([
  ['zh-CN', 'a phone', PHONE],
  ['en-US', 'a desktop', DESKTOP],
] as const)('in %s on %s', (locale, _device, viewport) => {
  test('section and form are accessible', async () => {
    await addForum('湖州在线', `f${randomUUID().slice(0, 6)}`)
    const admin = await administrator({ locale, viewport })
    await admin.open('forums')
    await admin.page.getByTestId('forum').first().waitFor()
    expect(await barriers(admin.page), 'section').toEqual([])
    await admin.page.getByTestId('forum-add').click()
    await admin.submit()
    expect(await barriers(admin.page), 'form').toEqual([])
  })
})
