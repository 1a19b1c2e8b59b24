/// <reference lib="dom" />
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import type * as Viewers from './client/viewers.ts'
import { launchChromium } from './support/chromium.ts'
import { startChild } from './support/child.ts'
import type { BenchChild } from './support/child.ts'
import { openInterview } from './support/interview.ts'
import { median, report, round, say } from './support/report.ts'

/**
 * Server CPU for the viewers of one 720p stage, Fangtan against the bare worker: the same Chromium, the same client, the same settings. A few real viewers are measured (they all
 * decode on this machine) and counted up to a hundred. Fangtan's figure holds everything: the Node process with its signalling, log and beats, and the media worker.
 */
const VIEWERS = 6
const SECONDS = 15
const ROUNDS = 3
const PATIENCE = 90_000

type Bundle = { viewers: typeof Viewers }

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: 'tests/bench/client/viewers.ts', formats: ['iife'], name: 'viewers' } },
  })
  const first = Array.isArray(output) ? output[0] : output
  const chunk = first && 'output' in first ? first.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error('the bundle came out empty')
  // A function's `var` would stay inside evaluate(): the page needs it on its window.
  return `${chunk.code};window.viewers = viewers`
}

async function page(browser: Browser, script: string, ...addresses: string[]): Promise<Page> {
  const opened = await (await browser.newContext()).newPage()
  for (const address of addresses) await opened.goto(address)
  await opened.evaluate(script)
  return opened
}

/** CPU seconds a second, in each round, of a stage with a publisher and `VIEWERS` viewers. */
async function measure(browser: Browser, script: string, server: BenchChild, sessionId: string, publisher: string[], watch: string): Promise<number[]> {
  const guest = await page(browser, script, ...publisher)
  await guest.evaluate((id) => (window as unknown as Bundle).viewers.publish(id), sessionId)
  const crowd = await page(browser, script, watch)
  await crowd.evaluate(([id, count]) => (window as unknown as Bundle).viewers.watch(id, count), [sessionId, VIEWERS] as const)
  const shown = () => crowd.evaluate(() => (window as unknown as Bundle).viewers.shown(1280))
  const deadline = Date.now() + PATIENCE
  while ((await shown()).wide < VIEWERS) {
    if (Date.now() > deadline) throw new Error(`only ${(await shown()).wide} of ${VIEWERS} viewers see 720p`)
    await sleep(500)
  }
  const rounds: number[] = []
  for (let index = 0; index < ROUNDS; index++) {
    const before = { cpu: server.cpu(), frames: (await shown()).frames, at: performance.now() }
    await sleep(SECONDS * 1_000)
    const seconds = (performance.now() - before.at) / 1_000
    const cpu = (server.cpu() - before.cpu) / seconds
    const frames = ((await shown()).frames - before.frames) / seconds / VIEWERS
    say(`    ${round(cpu * 100, 1)} % of a core, ${round(frames, 1)} frames a second at each viewer`)
    // Per frame that arrived: a busy machine that shows fewer frames would otherwise look cheaper.
    rounds.push(cpu / frames)
  }
  await guest.context().close()
  await crowd.context().close()
  return rounds
}

const script = await bundle()
const browser = await launchChromium()
const interview = await openInterview()
const bare = await startChild('tests/bench/servers/mediasoup.ts', /listening (\d+)/)
try {
  say('  Fangtan')
  const own = await measure(browser, script, interview.server, interview.sessionId, [interview.guestUrl, `${interview.origin}/api/me`], `${interview.origin}/api/me`)
  say('  bare worker')
  const bareOrigin = `http://127.0.0.1:${bare.ready[1]}/`
  const floor = await measure(browser, script, bare, 'bare', [bareOrigin], bareOrigin)
  const hundred = (rounds: number[]) => round((median(rounds) * 25 * 100 * 100) / VIEWERS, 0)
  report({
    bench: 'viewers',
    ratio: round(median(own) / median(floor)),
    against: 'the bare mediasoup worker with the same publisher and viewers',
    cpuPercentPerHundredViewers: hundred(own),
    bareCpuPercentPerHundredViewers: hundred(floor),
    viewers: VIEWERS,
  })
} finally {
  await browser.close()
  await interview.stop()
  await bare.stop()
}
