import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { comeIn } from './comeIn.ts'
import { stagePage } from './pages/stage.ts'
import { watchPage } from './pages/watch.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})

const TITLE = '县住建局在线访谈：老旧小区改造'
const CHANGED = '县住建局在线访谈：老旧小区加装电梯'

/** The value of a date field, in Beijing time. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 16)

test('a host announces an interview; guests get links, residents a countdown, a calendar entry and a place to ask', async () => {
  const host = (await visitor(browser, server.url)).page
  await comeIn(host, server.links.host)
  await host.getByRole('link', { name: '新建场次' }).click()
  await host.getByRole('textbox', { name: '标题' }).fill(TITLE)
  await host.getByRole('textbox', { name: '主题' }).fill('加装电梯谁出钱')
  await host.getByRole('textbox', { name: '介绍' }).fill('欢迎提前提问。')
  await host.getByLabel('开始时间').fill(inDays(2))
  await host.getByRole('button', { name: '添加嘉宾' }).click()
  await host.getByRole('textbox', { name: '姓名' }).fill('周启明')
  await host.getByRole('textbox', { name: '职务' }).fill('局长')
  await host.getByRole('textbox', { name: '单位' }).fill('县住房和城乡建设局')
  // A half-made interview outlives a reload.
  await host.getByText('有未保存的修改').waitFor()
  await host.waitForFunction((title) => localStorage.getItem('fangtan.edit.new')?.includes(title), '周启明')
  await host.reload()
  await host.getByText('已恢复您上次没有保存的内容').waitFor()
  await host.getByRole('button', { name: '保存并发布预告' }).click()
  await host.waitForURL('**/edit')
  const id = new URL(host.url()).pathname.split('/')[2]!
  const link = await host.locator('article[data-role="guest"]').getByTestId('link-address').inputValue()

  const guest = stagePage((await visitor(browser, server.url)).page)
  await guest.page.goto(link)
  await guest.enter()
  await guest.is('closed')

  const resident = watchPage((await visitor(browser, server.url)).page)
  await resident.page.goto(server.url)
  const card = resident.page.getByRole('article').filter({ hasText: TITLE })
  await card.getByRole('timer').getByText('还有 1 天').waitFor()
  expect(await card.getByRole('link', { name: '加入日历' }).getAttribute('href')).toBe(`/api/sessions/${id}/calendar.ics`)
  await card.getByRole('link', { name: '提前提问' }).click()
  await resident.page.getByTestId('before-start').getByRole('timer').waitFor()
  const calendar = await resident.page.getByTestId('calendar').getAttribute('href')
  const entry = await (await fetch(server.url + calendar!)).text()
  expect(entry).toContain('BEGIN:VEVENT')
  expect(entry.replace(/\r\n[ \t]/g, '')).toContain(TITLE)

  await resident.askForReceipt('加装电梯，一楼住户不同意怎么办？')
  await (await resident.own('一楼住户')).getByText('等待审核').waitFor()
  await resident.type('还没写完的问题')
  await resident.page.reload()
  await resident.stage.waitFor()
  expect(await resident.page.getByTestId('ask-text').inputValue()).toBe('还没写完的问题')
  await (await resident.own('一楼住户')).waitFor()

  await host.getByRole('textbox', { name: '标题' }).fill(CHANGED)
  const topics = host.getByTestId('topics-editor')
  await topics.getByRole('button', { name: '添加话题' }).click()
  await topics.getByRole('textbox', { name: '话题 1' }).fill('出资与补贴')
  await topics.getByRole('button', { name: '添加话题' }).click()
  await topics.getByRole('textbox', { name: '话题 2' }).fill('施工安全')
  await topics.getByRole('button', { name: '话题 2 上移' }).click()
  await host.getByRole('switch', { name: '公布选题承诺' }).click()
  await host.locator('input[name="ruleTop"]').fill('3')
  await host.locator('input[name="lateMinutes"]').fill('60')
  await host.getByRole('button', { name: '保存修改' }).click()
  await resident.page.getByRole('heading', { level: 1, name: CHANGED }).waitFor()
  await resident.page.getByTestId('rule').getByText('得票前 3 必有回应').waitFor()
  await resident.page.getByTestId('ask-text').click()
  expect(await resident.page.getByTestId('ask-form').getByTestId('topics').getByRole('button').allInnerTexts()).toEqual(['施工安全', '出资与补贴'])
  await host.getByRole('link', { name: '主持后台' }).click()
  await host.getByTestId('desk-card-1').waitFor()
})
