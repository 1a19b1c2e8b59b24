import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { fatePage } from './pages/fate.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})

const LIFT = '老旧小区加装电梯，一楼不同意怎么办？'
const MINE = '石矿关停以后，山体什么时候复绿？'

test('a question goes from a resident over the desk to the line above the stage, and its page tells each step', async () => {
  const scene = await openScene(browser, server, 'live')
  const [desk, asker, other, stage] = await Promise.all([scene.desk(), scene.watch(), scene.watch(), scene.stage()])
  await stage.enter()

  const receipt = await asker.askForReceipt(LIFT)
  expect(receipt).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  await (await asker.own(LIFT)).getByText('等待审核').waitFor()
  expect(await other.card(LIFT).count()).toBe(0)

  await desk.act(1, 'pending', 'approve')
  await Promise.all([asker.sees(LIFT), other.sees(LIFT)])
  await (await asker.own(LIFT)).getByText('已公开').waitFor()

  const vote = (await other.sees(LIFT)).getByTestId('vote')
  await vote.click()
  await until(async () => (await vote.getAttribute('aria-pressed')) === 'true', 'the vote to count')
  for (const page of [asker, other]) await page.card(LIFT).getByTestId('vote-count').getByText('1', { exact: true }).waitFor()
  await (await desk.sees(1, 'approved')).getByText('1 票').waitFor()

  await desk.act(1, 'approved', 'air')
  await desk.sees(1, 'asking')
  for (const page of [asker, other]) await page.current.getByText(LIFT).waitFor()
  await stage.question.getByText(LIFT).waitFor()

  await desk.act(1, 'asking', 'answer')
  await desk.sees(1, 'answered')
  for (const page of [asker, other]) await page.current.getByText(LIFT).waitFor({ state: 'detached' })
  await stage.question.getByText(LIFT).waitFor({ state: 'detached' })
  await other.page.getByTestId('order-answered').click()
  await other.sees(LIFT)

  const fate = fatePage((await visitor(browser, server.url)).page)
  await fate.open(server.url, receipt)
  expect(await fate.steps()).toEqual(['收到提问', '通过审核', '开始回答', '现场答复完毕'])
  await fate.page.getByText(LIFT).waitFor()
})

test('a declined question tells its asker why; a corrected one keeps both wordings; a withdrawn one is gone', async () => {
  const scene = await openScene(browser, server, 'live')
  const [desk, asker, other] = await Promise.all([scene.desk(), scene.watch(), scene.watch()])

  await asker.askForReceipt('某某家的违建为什么不拆？')
  await desk.decline(1, 'pending', 'privacy', '涉及具体个人，请补充地址后重新提交。')
  await desk.sees(1, 'declined')
  await (await asker.own('某某家的违建为什么不拆？')).getByText('涉及具体个人，请补充地址后重新提交。').waitFor()

  const written = '骑行道什么时侯贯通？'
  const corrected = '骑行道什么时候贯通？'
  await asker.askForReceipt(written)
  await desk.edit(2, 'pending', corrected)
  await desk.act(2, 'pending', 'approve')
  await other.sees(corrected)
  expect(await other.card(written).count()).toBe(0)
  await (await asker.own(corrected)).getByText(written).waitFor()
  const card = await desk.sees(2, 'approved')
  await card.getByRole('button', { name: '看原文' }).click()
  await card.getByText(written).waitFor()

  const receipt = await asker.askForReceipt(MINE)
  await desk.act(3, 'pending', 'approve')
  await other.sees(MINE)
  await (await asker.own(MINE)).getByTestId('withdraw').click()
  await asker.page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
  // Its text is erased with it: the receipt is what is left to know it by.
  await (await asker.own(receipt)).getByText('您已撤回').waitFor()
  await other.card(MINE).waitFor({ state: 'detached' })
  await desk.card(3, 'approved').waitFor({ state: 'detached' })
  const fate = fatePage(other.page)
  await fate.open(server.url, receipt)
  expect(await fate.steps()).toEqual(['收到提问', '通过审核', '本人撤回'])
})

test('without review a question is public at once, and a vote can be taken back', async () => {
  const scene = await openScene(browser, server, 'live', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false } })
  const [asker, other] = await Promise.all([scene.watch(), scene.watch()])
  await asker.askForReceipt(LIFT)
  const vote = (await other.sees(LIFT)).getByTestId('vote')
  await vote.click()
  await asker.card(LIFT).getByTestId('vote-count').getByText('1', { exact: true }).waitFor()
  await vote.click()
  await asker.card(LIFT).getByTestId('vote-count').getByText('0', { exact: true }).waitFor()
})

test('residents chat; the host deletes, slows down and closes', async () => {
  const scene = await openScene(browser, server, 'live')
  const [desk, one, other] = await Promise.all([scene.desk(), scene.watch(), scene.watch()])
  await one.chat('声音很清楚')
  await other.chat('大家好')
  await one.message('大家好').waitFor()

  await desk.page.getByTestId('side-chat').click()
  await desk.page.getByTestId('chat-message').filter({ hasText: '声音很清楚' }).getByTestId('chat-delete').click()
  await desk.page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await Promise.all([one, other].map((page) => page.message('声音很清楚').waitFor({ state: 'detached' })))
  await other.message('大家好').waitFor()

  await desk.page.getByTestId('chat-slow').click()
  await desk.page.getByRole('option', { name: '每 30 秒一条' }).click()
  await one.page.getByTestId('chat-remark').getByText('每 30 秒可发一条').waitFor()
  await one.chat('再说一句')
  await one.page.getByTestId('chat-remark').getByText('秒后可以再发').waitFor()
  expect(await one.page.getByTestId('chat-send').isDisabled()).toBe(true)
  expect(await one.page.getByTestId('chat-input').inputValue()).toBe('再说一句')
  await desk.page.getByTestId('chat-input').fill('请大家文明发言')
  await desk.page.getByTestId('chat-send').click()
  await one.message('请大家文明发言').waitFor()

  await desk.page.getByTestId('chat-enabled').click()
  await one.page.getByTestId('chat-off').waitFor()
})
