import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startChild } from './child.ts'
import type { BenchChild } from './child.ts'

/** The demonstration interview, served on a free port. */
export type Interview = { server: BenchChild; origin: string; sessionId: string; watchUrl: string; hostUrl: string; guestUrl: string; stop: () => Promise<void> }

export async function openInterview(environment: Record<string, string> = {}): Promise<Interview> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fangtan-bench-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const server = await startChild('server/main.ts', /resident +(http\S+\/s\/(\w+))\s[\s\S]*host +(http\S+)\s[\s\S]*guest +(http\S+)\s/, {
    NODE_ENV: 'development',
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    MEDIA_PORT: '0',
    MEDIA_LISTEN_IP: '127.0.0.1',
    MEDIA_WORKERS: '1',
    LOG_LEVEL: 'warn',
    ...environment,
  })
  const [, watchUrl = '', sessionId = '', hostUrl = '', guestUrl = ''] = server.ready
  return {
    server,
    origin: `http://localhost:${port}`,
    sessionId,
    watchUrl,
    hostUrl,
    guestUrl,
    async stop() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Opens the guest's link and goes on air with the made-up camera. */
export async function goOnAir(browser: Browser, interview: Interview): Promise<Page> {
  const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 640, height: 480 } })
  await page.goto(interview.guestUrl)
  await page.getByTestId('enter-backstage').click()
  await page.locator('[data-testid="backstage"][data-air="on_air"]').waitFor({ timeout: 60_000 })
  return page
}
