import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { barriers } from './axe.ts'
import { fatePage } from './pages/fate.ts'
import { openScene } from './scene.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})

const LIFT = '老旧小区加装电梯，一楼住户不同意怎么办？'
const SAME = '小区装电梯，一楼不肯签字怎么办？'
const FOLLOW = '补贴标准在哪里能查到？'
const AWAY = '学校门口的路能不能拓宽？'
const ANSWER = '补贴标准在县住建局网站的“旧改专栏”公布，每年三月更新。'

test('three views at once: merged, on air with its time, answered, objected to, followed up, answered in writing, declined', async () => {
  const scene = await openScene(browser, server, 'live', { settings: { ...DEFAULT_SETTINGS, answerSeconds: 90, rule: { top: 1, perTopic: 0, correctEarly: false } } })
  const [desk, first, second, stage] = await Promise.all([scene.desk(), scene.watch(), scene.watch(), scene.stage()])
  await stage.enter()

  // Two ask the same: one stands for both, and both know.
  await first.askForReceipt(LIFT)
  const receipt = await second.askForReceipt(SAME)
  await desk.act(1, 'pending', 'approve')
  await desk.act(2, 'pending', 'approve')
  await second.sees(SAME)
  await desk.merge(2, 'approved', 1)
  await first.card(SAME).waitFor({ state: 'detached' })
  await (await first.sees(LIFT)).getByText('含 1 个相同提问').waitFor()
  const merged = await second.own(SAME)
  await merged.getByText('与第 1 号提问相同').waitFor()
  await merged.getByTestId('own-root').getByText(LIFT).waitFor()

  // On air, with the same time on both screens.
  await desk.act(1, 'approved', 'air')
  await first.current.getByText(LIFT).waitFor()
  await first.timer.getByText(/剩余 01:\d\d/).waitFor()
  await stage.question.getByText(LIFT).waitFor()
  await stage.timer.getByText(/剩余 01:\d\d/).waitFor()
  await desk.act(1, 'asking', 'answer')
  await stage.timer.waitFor({ state: 'detached' })
  await Promise.all([first, second].map((page) => page.answered()))
  const answered = await second.sees(LIFT)
  await answered.getByText(/直播 \d\d:\d\d–\d\d:\d\d 现场作答/).waitFor()

  // The one whose question was merged says that it did not answer hers, and everybody sees how many say so.
  await answered.getByTestId('object').click()
  await second.page.getByTestId('object-form').getByRole('button', { name: '没有说明时间' }).click()
  expect(await barriers(second.page)).toEqual([])
  await second.page.getByTestId('object-send').click()
  await answered.getByTestId('objected').getByText('没有说明时间').waitFor()
  await (await first.sees(LIFT)).getByTestId('objections').getByText('1 人').waitFor()
  await answered.getByRole('button', { name: '收回反馈' }).click()
  await first.card(LIFT).getByTestId('objections').waitFor({ state: 'detached' })

  // The asker follows up; the guest answers that in writing, from the stage.
  await first.card(LIFT).getByTestId('follow-up').click()
  await first.page.getByTestId('ask-follows').getByText('第 1 号').waitFor()
  await first.ask(FOLLOW)
  await first.page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
  await desk.act(3, 'pending', 'approve')
  await stage.reply(FOLLOW, ANSWER)
  const replied = await second.sees(FOLLOW)
  await replied.getByTestId('answer-text').getByText(ANSWER).waitFor()
  const { name, post } = scene.session.guests[0]!
  await replied.getByText(`${name} · ${post}`).waitFor()
  await replied.getByRole('button', { name: '追问第 1 号' }).click()
  await second.page.locator('[data-testid="question-card"]:focus').filter({ hasText: LIFT }).waitFor()

  // Declined, with a reason by code and words.
  await second.askForReceipt(AWAY)
  await desk.decline(4, 'pending', 'not_ours', '由县交通局负责，已转告。')
  const declined = await second.own(AWAY)
  await declined.getByText('不属于本县职权范围').waitFor()
  await declined.getByText('由县交通局负责，已转告。').waitFor()
  for (const { page } of [first, second, stage]) expect(await barriers(page)).toEqual([])

  // The receipt of the merged one tells the other's end, too.
  const fate = fatePage((await visitor(browser, server.url)).page)
  await fate.open(server.url, receipt)
  expect((await fate.steps()).slice(0, 3)).toEqual(['收到提问', '通过审核', '与相近的提问合并'])
  await fate.page.getByText('合并后的提问已经答复').first().waitFor()

  // After the end the page leads with what became of everything.
  await desk.press('end')
  await first.page.locator('[data-figure="received"]').getByText('4', { exact: true }).waitFor()
  await first.page.locator('[data-figure="camera"]').getByText('1', { exact: true }).waitFor()
  await first.page.locator('[data-figure="writing"]').getByText('1', { exact: true }).waitFor()
  await first.page.locator('[data-figure="declined"]').getByText('1', { exact: true }).waitFor()
  await first.page.getByTestId('after-ledger').click()
  await first.page.waitForURL('**/ledger')
})

test('late questions are taken until the host’s time is over, and the English page says so', async () => {
  const scene = await openScene(browser, server, 'ended', { settings: { ...DEFAULT_SETTINGS, reviewFirst: false, lateMinutes: 60 } })
  const { page } = await visitor(browser, server.url, { locale: 'en-GB' })
  await page.goto(server.url + scene.path)
  await page.getByTestId('ask-text').fill('When will the hill be green again?')
  await page.locator('[data-intake="late"]').getByText('questions are taken until').waitFor()
  await page.getByTestId('ask-send').click()
  await page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
  await page.locator('[data-figure="received"]').getByText('1', { exact: true }).waitFor()
  expect(await barriers(page)).toEqual([])
})
