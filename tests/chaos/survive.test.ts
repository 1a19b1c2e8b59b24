import type { Browser } from 'playwright-core'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { SubmitQuestion } from '../../shared/questions.ts'
import { openScene } from '../e2e/scene.ts'
import { openBrowser } from '../support/browser.ts'
import { pictureMoves } from '../support/browserMedia.ts'
import { client } from '../support/client.ts'
import { questionInput } from '../support/fixtures.ts'
import type { TestClient } from '../support/client.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { childrenOf } from './processes.ts'
import { expectWhole } from './whole.ts'

/** How long the viewer is without a network, in milliseconds. */
const CUT_MS = 10_000
const RESIDENTS = 6
const EACH = 4

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ media: true }), openBrowser()])
})
beforeEach(async () => {
  if (!server.running()) await server.restart()
})

/** In the middle of an interview: the guest on air, a viewer who sees them, one question on air, one approved and one waiting. */
async function onAir() {
  const scene = await openScene(browser, server, 'live')
  const [desk, stage, viewer] = await Promise.all([scene.desk(), scene.stage(), scene.watch()])
  await stage.enter()
  await scene.host.request('stage:admit', { sessionId: scene.sessionId, seatId: scene.guestId, onAir: true })
  for (const text of ['违建拆了多少处？', '骑行道何时贯通？', '修缮有没有补助？']) await viewer.askForReceipt(text)
  for (const number of [1, 2]) await desk.act(number, 'pending', 'approve')
  await desk.act(1, 'approved', 'air')
  await viewer.current.getByText('违建拆了多少处？').waitFor()
  await Promise.all([desk, viewer].map(({ page }) => pictureMoves(page)))
  return { scene, desk, stage, viewer }
}

test('a reload of any page brings everything back', async () => {
  const { desk, stage, viewer } = await onAir()
  await viewer.page.reload()
  await pictureMoves(viewer.page)
  await stage.page.reload()
  await stage.is('on_air')
  await pictureMoves(viewer.page)
  await stage.question.getByText('违建拆了多少处？').waitFor()
  await desk.page.reload()
  await desk.sees(1, 'asking')
  await pictureMoves(desk.page)
  await expectWhole(desk, viewer)
})

/** Sends questions until the line breaks. */
async function askUntilCut(resident: TestClient, questions: SubmitQuestion[], acknowledged: Set<string>): Promise<void> {
  for (const question of questions) {
    await resident.request('question:submit', question)
    acknowledged.add(question.id)
  }
}

test('the server is killed while questions come in: what was acknowledged is there, nothing twice, and the picture comes back', async () => {
  const { scene, desk, stage, viewer } = await onAir()
  const residents = await Promise.all(Array.from({ length: RESIDENTS }, () => client(server.url)))
  const questions = residents.map((_, resident) => Array.from({ length: EACH }, (_, turn) => questionInput(scene.sessionId, `第 ${resident + 1} 人的第 ${turn + 1} 问`)))
  const acknowledged = new Set<string>()
  const asking = residents.map((resident, index) => askUntilCut(resident, questions[index]!, acknowledged))
  const told = [viewer, desk].map((page) => page.connection('reconnecting').waitFor())
  await Promise.race(asking)
  await server.kill()
  await Promise.allSettled(asking)
  await Promise.all(told)
  await viewer.ask('断线时写的问题')
  await viewer.page.getByTestId('sent-notice').getByTestId('unsent').waitFor()

  await server.restart()
  // As a page's outbox does: everything again, with the ids it had.
  for (const [index, { person }] of residents.entries()) {
    const again = await client(server.url, { person })
    for (const question of questions[index]!) await again.request('question:submit', question)
  }
  await Promise.all([viewer, desk].map((page) => page.connection('reconnecting').waitFor({ state: 'detached' })))
  await viewer.page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
  await stage.is('on_air')
  await Promise.all([desk, viewer].map(({ page }) => pictureMoves(page)))

  const host = await client(server.url, { person: scene.host.person })
  const { snapshot } = await host.request('session:join', { sessionId: scene.sessionId, as: 'desk', since: null })
  const ids = snapshot!.desk!.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([])
  expect(ids.length).toBe(3 + RESIDENTS * EACH + 1)
  expect(snapshot!.desk!.filter(({ text }) => text === '断线时写的问题')).toHaveLength(1)
  await expectWhole(desk, viewer)
})

test('the media worker is killed: every page says so and gets its picture back by itself', async () => {
  const { desk, stage, viewer } = await onAir()
  const workers = await childrenOf(server.pid(), 'mediasoup-worker')
  expect(workers).toHaveLength(1)
  const told = [viewer, stage].map((page) => page.notice('recovering').waitFor())
  for (const worker of workers) process.kill(worker, 'SIGKILL')
  await Promise.all(told)
  await Promise.all([viewer, desk].map(({ page }) => pictureMoves(page)))
  await stage.is('on_air')
  await expectWhole(desk, viewer)
})

test('ten seconds without a network: the page says so, and a question written meanwhile arrives once', async () => {
  const { scene, desk, viewer } = await onAir()
  const context = viewer.page.context()
  await context.setOffline(true)
  await viewer.connection('offline').waitFor()
  await viewer.ask('断网时写的问题')
  await viewer.page.getByTestId('sent-notice').getByText('已保存在这台设备上').waitFor()
  await desk.act(1, 'asking', 'answer')
  await viewer.page.waitForTimeout(CUT_MS)
  await context.setOffline(false)

  await viewer.page.getByTestId('sent-notice').getByTestId('receipt').waitFor()
  await viewer.connection('offline').waitFor({ state: 'detached' })
  await viewer.current.getByText('违建拆了多少处？').waitFor({ state: 'detached' })
  await pictureMoves(viewer.page)
  const { snapshot } = await scene.host.request('session:join', { sessionId: scene.sessionId, as: 'desk', since: null })
  expect(snapshot!.desk!.filter(({ text }) => text === '断网时写的问题')).toHaveLength(1)
  await expectWhole(desk, viewer)
})
