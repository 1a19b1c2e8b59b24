import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { SignInLink } from '../../shared/accounts.ts'
import type { LedgerCheck } from '../../shared/ledger.ts'
import { barriers } from '../support/barriers.ts'
import { PHONE, openBrowser, visitor } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { barriers as barriersBesideNotices } from './axe.ts'
import { comeIn } from './comeIn.ts'
import { fatePage } from './pages/fate.ts'
import { ledgerPage } from './pages/ledger.ts'
import { spotsPage } from './pages/spots.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'
import { guest, questionInput } from '../support/fixtures.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

const TEXT = '东溪石矿什么时候复绿？'
const GUESTS = [guest('周建国'), guest('林晓岚')]

/** A session with one question on air that was given to the second guest. @returns its receipt */
async function onAir({ host, sessionId }: Scene, text = TEXT): Promise<string> {
  const { question } = await host.request('question:submit', questionInput(sessionId, text))
  const act = { sessionId, questionId: question.id }
  await host.request('question:act', { ...act, action: 'approve', expectedVersion: 1 })
  await host.request('question:act', { ...act, action: 'assign', guestId: GUESTS[1]!.id, expectedVersion: 2 })
  await host.request('question:act', { ...act, action: 'air', replacing: null, seconds: 0, expectedVersion: 3 })
  return question.receipt
}

test('two clicks at the desk, and everybody reads what was promised; a correction and a withdrawal, too', async () => {
  const scene = await openScene(browser, server, 'live', { guests: GUESTS })
  const receipt = await onAir(scene)
  const [desk, watch] = await Promise.all([scene.desk(), scene.watch()])
  const card = await desk.sees(1, 'asking')
  const at = spotsPage(desk.page)

  await at.begin(card, 'promise')
  expect(await at.form.getByRole('radio', { name: '林晓岚' }).isChecked()).toBe(true)
  expect(await at.due(1)).toMatch(/^\d{4}-\d\d-\d\d$/)
  const asked = await watch.sees(TEXT)
  const seen = spotsPage(watch.page)
  await seen.line(asked, 1).getByText('承诺：住房和城乡建设局林晓岚').waitFor()
  await desk.outcome.getByText('已记录 1 号').waitFor()
  await card.getByTestId('spot-standing').getByText('林晓岚').waitFor()
  await watch.page.getByTestId('spots-open').click()
  await seen.line(watch.page.getByTestId('spots'), 1).waitFor()

  const fate = fatePage((await visitor(browser, server.url)).page)
  await fate.open(server.url, receipt)
  await spotsPage(fate.page).line(fate.page.getByTestId('fate-spots'), 1).waitFor()
  const ledger = ledgerPage((await visitor(browser, server.url)).page)
  await ledger.open(server.url, scene.sessionId)
  await spotsPage(ledger.page).line(ledger.outcome(1), 1).waitFor()
  expect(await ledger.check('holds')).not.toBe('')

  await desk.page.getByTestId('desk-menu').click()
  await desk.page.getByTestId('menu-spots').click()
  await desk.page.getByTestId('spot-correct-1').click()
  await at.words('复绿工程开工，公开进度。')
  await at.record()
  await seen.line(asked, 1).getByText('复绿工程开工，公开进度。').waitFor()

  await desk.page.getByTestId('spot-withdraw-1').click()
  await desk.page.getByTestId('spot-withdraw-send').click()
  await seen.line(asked, 1).getByTestId('spot-withdrawn').waitFor()
  await ledger.refresh()
  await ledger.outcome(1).getByTestId('spot-withdrawn').waitFor()
  expect(await scene.host.person.get<LedgerCheck>(`/api/sessions/${scene.sessionId}/ledger/check`)).toMatchObject({ ok: true })
})

test('with the keyboard alone, and taken back at once', async () => {
  const scene = await openScene(browser, server, 'live', { guests: GUESTS })
  await onAir(scene)
  const desk = await scene.desk()
  const card = await desk.sees(1, 'asking')
  const at = spotsPage(desk.page)
  await card.getByTestId('spot-task').focus()
  await desk.page.keyboard.press('Enter')
  await at.form.locator('[data-testid="spot-due"]:focus').waitFor()
  await desk.page.keyboard.press('Enter')
  await at.form.waitFor({ state: 'hidden' })
  await card.locator('[data-testid="spot-task"]:focus').waitFor()
  await card.getByTestId('spot-standing').getByText('现场领办').waitFor()
  await desk.page.getByTestId('undo').click()
  await card.getByTestId('spot-standing').waitFor({ state: 'hidden' })

  await card.getByTestId('spot-answer').focus()
  await desk.page.keyboard.press('Enter')
  await at.form.locator('[data-testid="spot-record"]:focus').waitFor()
  await desk.page.keyboard.press('Escape')
  await at.form.waitFor({ state: 'hidden' })
  await card.locator('[data-testid="spot-answer"]:focus').waitFor()
})

test('a recorder has a page of their own, without the desk', async () => {
  const scene = await openScene(browser, server, 'live', { guests: GUESTS })
  await onAir(scene)
  const links = await scene.host.person.send<SignInLink[]>('POST', `/api/sessions/${scene.sessionId}/links`, { id: crypto.randomUUID(), role: 'recorder', name: '小吴' })
  const { page, troubles } = await visitor(browser, server.url, { viewport: PHONE })
  await comeIn(page, links.find(({ role }) => role === 'recorder')!.url)
  await page.waitForURL(`**/s/${scene.sessionId}/records`)
  const at = spotsPage(page)
  await at.begin(page.getByTestId('record-question-1'), 'answer')
  await at.record()
  await at.line(page.getByTestId('spot-list'), 1).getByText('小吴').waitFor()
  expect(await barriersBesideNotices(page)).toEqual([])
  expect(troubles).toEqual([])
  await page.goto(`${server.url}${scene.path}/desk`)
  await page.getByTestId('desk-trouble').waitFor()
})

test.each([
  ['zh-CN', PHONE],
  ['en-US', { width: 1280, height: 800 }],
])('records are accessible in %s', async (locale, viewport) => {
  const scene = await openScene(browser, server, 'live', { guests: GUESTS })
  const receipt = await onAir(scene)
  const host = await visitor(browser, server.url, { locale, viewport })
  await host.page.goto(scene.link('host'))
  await host.page.getByTestId('desk').waitFor()
  const tab = host.page.getByTestId('tab-asking')
  if (await tab.isVisible()) await tab.click()
  const at = spotsPage(host.page)
  const card = host.page.getByTestId('column-asking').getByTestId('desk-card-1')
  await at.begin(card, 'promise')
  await at.form.getByTestId('spot-due').first().waitFor()
  expect(await barriers(host.page)).toEqual([])
  await at.due(0)
  await host.page.getByTestId('desk-menu').click()
  await host.page.getByTestId('menu-spots').click()
  await host.page.getByTestId('spot-list').waitFor()
  expect(await barriers(host.page)).toEqual([])
  await host.page.getByTestId('spot-correct-1').click()
  await at.form.waitFor()
  expect(await barriers(host.page)).toEqual([])

  const { page } = await visitor(browser, server.url, { locale, viewport })
  await page.goto(server.url + scene.path)
  await page.getByTestId('spots-open').click()
  await page.getByTestId('spots').getByTestId('spot').waitFor()
  expect(await barriers(page)).toEqual([])
  for (const [path, shown] of [[`/q/${receipt}`, 'fate-spots'], [`${scene.path}/ledger`, 'spot-lines'], [`${scene.path}/summary`, 'spot-lines']] as const) {
    await page.goto(server.url + path)
    await page.getByTestId(shown).first().waitFor()
    expect(await barriers(page)).toEqual([])
  }
})
