import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { OwnQuestion, QuestionAct } from '../../shared/questions.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import type { OpenedSession } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { fatePage } from './pages/fate.ts'
import { ledgerPage } from './pages/ledger.ts'

let server: TestServer
let browser: Browser
let opened: OpenedSession
let receipts: string[]

type Step = QuestionAct extends infer Act ? (Act extends QuestionAct ? Omit<Act, 'sessionId' | 'questionId' | 'expectedVersion'> : never) : never

/** A session that ended: 1 answered on camera and in writing, 2 merged into it, 3 declined for privacy, 4 withdrawn. */
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  opened = await openSession(server)
  const { sessionId, host } = opened
  const resident = await client(server.url)
  const asked: OwnQuestion[] = []
  for (const text of ['骑行道什么时候贯通？', '骑行道哪天能通？', '张三家的违建', '不想问了']) asked.push((await resident.request('question:submit', questionInput(sessionId, text))).question)
  receipts = asked.map(({ receipt }) => receipt)
  const act = async (place: number, step: Step) => {
    const { snapshot } = await host.request('session:join', { sessionId, as: 'desk', since: null })
    const { id, version } = snapshot!.desk!.find((question) => question.id === asked[place]!.id)!
    await host.request('question:act', { ...step, sessionId, questionId: id, expectedVersion: version })
  }
  await act(0, { action: 'approve' })
  await act(1, { action: 'merge', intoId: asked[0]!.id })
  await act(2, { action: 'decline', code: 'privacy', reason: '请到信访窗口' })
  await resident.request('question:act', { sessionId, questionId: asked[3]!.id, expectedVersion: 1, action: 'withdraw' })
  await act(0, { action: 'air', replacing: null, seconds: 0 })
  await act(0, { action: 'answer' })
  await act(0, { action: 'reply', text: '明年五月全线贯通。', guestId: opened.session.guests[0]!.id })
  await host.request('session:phase', { sessionId, action: 'end', expectedVersion: opened.session.version })
})

test('the ledger shows every question and its fate, finds and filters, and can be checked by its reader', async () => {
  const { page, troubles } = await visitor(browser, server.url)
  const ledger = ledgerPage(page)
  await ledger.open(server.url, opened.sessionId)
  expect(await ledger.outcomes.count()).toBe(4)
  await ledger.outcome(1).getByText('明年五月全线贯通。').waitFor()
  await ledger.outcome(1).getByText(/现场答复，视频 00:0\d–00:0\d/).waitFor()
  await ledger.outcome(3).getByText('文字不公开：涉及个人隐私。').waitFor()
  await ledger.outcome(4).getByText('提问人已经撤回，文字不再显示。').waitFor()
  expect(await page.locator('body').innerText()).not.toContain('张三')

  await ledger.outcome(2).getByText('已合并到第 1 号提问').click()
  await ledger.outcome(2).waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('q')).toBe('#1')
  await ledger.search('')
  await ledger.filter('declined')
  await ledger.outcome(1).waitFor({ state: 'detached' })
  expect(await ledger.outcomes.count()).toBe(1)
  await ledger.filter('all')
  await ledger.outcome(1).waitFor()
  await ledger.search('没有这样的问题')
  await page.getByText('没有符合条件的提问').waitFor()

  expect(await ledger.check('holds')).toContain('核对无误')
  await page.getByTestId('noted-head').fill((await page.getByTestId('ledger-seal').innerText()).trim())
  await page.getByTestId('check-here').click()
  await ledger.said.getByText('您记下的指纹是第').waitFor()
  await page.getByTestId('noted-head').fill('f'.repeat(64))
  expect(await ledger.check('broken')).toContain('您记下的指纹不在其中')
  expect(troubles).toEqual([])
})

test('a change by hand in the database is found in the reader’s browser, and the entry named', async () => {
  const other = await openSession(server)
  const resident = await client(server.url)
  await resident.request('question:submit', questionInput(other.sessionId))
  const { page } = await visitor(browser, server.url)
  const ledger = ledgerPage(page)
  await ledger.open(server.url, other.sessionId)
  await ledger.check('holds')
  const database = new DatabaseSync(join(server.dataDir, 'fangtan.sqlite'))
  database.prepare(`update ledger set role = 'guest' where session_id = ? and position = 2`).run(other.sessionId)
  database.close()
  expect(await ledger.check('broken')).toMatch(/^第 2 条记录（.+）对不上：内容与指纹不符/)
})

describe('a receipt', () => {
  test('of a merged question tells of the one that stands for it, and its answer', async () => {
    const { page, troubles } = await visitor(browser, server.url, { viewport: PHONE })
    const fate = fatePage(page)
    await fate.open(server.url, receipts[1]!)
    expect(await page.getByTestId('fate-headline').innerText()).toBe('合并后的提问已经答复')
    expect(await fate.steps()).toEqual(['收到提问', '与相近的提问合并'])
    await page.getByTestId('fate-answer').getByText('明年五月全线贯通。').waitFor()
    await page.getByTestId('fate-root').getByText('骑行道什么时候贯通？').waitFor()
    await page.getByTestId('fate-qr').click()
    await page.getByRole('img', { name: `回执 ${receipts[1]!} 的二维码` }).waitFor()
    await page.getByText('在公开台账里查看').click()
    await ledgerPage(page).outcome(2).waitFor()
    expect(troubles).toEqual([])
  })

  test('of a declined one says why, in a code and in words', async () => {
    const { page } = await visitor(browser, server.url)
    const fate = fatePage(page)
    await fate.open(server.url, receipts[2]!)
    await page.getByText('原因：涉及个人隐私').waitFor()
    await page.getByText('说明：请到信访窗口').waitFor()
    expect(await fate.steps()).toEqual(['收到提问', '未采用'])
  })
})

test('the summary is complete, and its print has nothing of the screen’s frame', async () => {
  const { page, troubles } = await visitor(browser, server.url)
  await page.goto(`${server.url}/s/${opened.sessionId}/summary`)
  const summary = page.getByTestId('summary')
  for (const text of ['住建局在线访谈', '明年五月全线贯通。', '说明：请到信访窗口']) await summary.getByText(text).first().waitFor()
  await summary.getByRole('img', { name: '公开台账的二维码' }).waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('header').first().isVisible()).toBe(false)
  expect(await page.getByTestId('print').isVisible()).toBe(false)
  expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
  expect(troubles).toEqual([])
})

test('the description of the routes can be read in a browser, from this server alone', async () => {
  const { page, troubles } = await visitor(browser, server.url)
  await page.goto(`${server.url}/api/docs`)
  await page.locator('.opblock').first().waitFor()
  expect(await page.locator('.opblock').count()).toBeGreaterThan(25)
  await page.locator('[id^="operations-ledger"]').first().click()
  expect(troubles).toEqual([])
})
