import type { Browser, CDPSession } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { openBrowser, visitor } from '../support/browser.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { client } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})

const ROUNDS = 250
/** Changes that one round makes: on air, off air, paused, resumed, four settings of the floor. A vote comes every tenth. */
const CHANGES = 8

/** Bytes of the heap that are in use, and elements of the page, after the browser has tidied up. */
async function weigh(cdp: CDPSession) {
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  const [{ usedSize }, { nodes, jsEventListeners }] = await Promise.all([cdp.send('Runtime.getHeapUsage'), cdp.send('Memory.getDOMCounters')])
  return { heap: usedSize, nodes, listeners: jsEventListeners }
}

test('two thousand changes leave nothing behind', { timeout: 600_000 }, async () => {
  const { host, sessionId, session } = await openSession(server, 'live', { kind: 'symposium' })
  const resident = await client(server.url)
  const { question } = await resident.request('question:submit', questionInput(sessionId))
  let { version } = await host.request('question:act', { sessionId, questionId: question.id, action: 'approve', expectedVersion: question.version })
  let sessionVersion = session.version
  let floorVersion = 0
  const voter = await client(server.url)
  const { page } = await visitor(browser, server.url, { viewport: { width: 1920, height: 1080 } })
  await page.goto(`${server.url}/s/${sessionId}/screen`)
  await page.getByTestId('next-question').waitFor()

  const act = async (step: { action: 'approve' | 'take_back' } | { action: 'air'; replacing: null; seconds: number }) => {
    version = (await host.request('question:act', { sessionId, questionId: question.id, expectedVersion: version, ...step })).version
  }
  const phase = async (action: 'pause' | 'resume') => {
    sessionVersion = (await host.request('session:phase', { sessionId, action, expectedVersion: sessionVersion })).session.version
  }
  const floor = async (open: boolean) => {
    floorVersion = (await host.request('floor:set', { sessionId, expectedVersion: floorVersion, open, seconds: 120, tables: [] })).floor.version
  }
  /** Once more when the server says that this was too fast. */
  async function patiently(step: () => Promise<unknown>): Promise<void> {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusal.code !== 'rate_limited') throw error
      await new Promise((resolve) => setTimeout(resolve, error.refusal.retryAfterMs ?? 1_000))
      await patiently(step)
    }
  }
  async function round(turn: number) {
    await patiently(() => floor(true))
    await patiently(() => act({ action: 'air', replacing: null, seconds: 60 }))
    await patiently(() => floor(false))
    await patiently(() => act({ action: 'take_back' }))
    await patiently(() => floor(true))
    await patiently(() => phase('pause'))
    await patiently(() => phase('resume'))
    await patiently(() => floor(false))
    if (turn % 10 === 0) await patiently(() => voter.request('question:vote', { sessionId, questionId: question.id, up: turn % 20 === 0 }))
  }

  const cdp = await page.context().newCDPSession(page)
  for (let turn = 0; turn < 25; turn++) await round(turn)
  const before = await weigh(cdp)
  for (let turn = 0; turn < ROUNDS; turn++) await round(turn)
  await until(async () => (await page.locator('[data-scene="welcome"]').count()) === 1, 'the last change to be seen')
  const after = await weigh(cdp)
  process.stdout.write(`${JSON.stringify({ screen: { changes: ROUNDS * CHANGES, before, after } })}\n`)
  expect(after.heap - before.heap).toBeLessThan(3_000_000)
  expect(after.nodes - before.nodes).toBeLessThan(500)
  expect(after.listeners - before.listeners).toBeLessThan(50)
})
