import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { recordConnections } from './browserMedia.ts'
import { picturesOfFailure } from './browserPictures.ts'
import { onCleanup } from './cleanup.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
/** Time for one step on a page, in milliseconds: a busy machine with two cores is slow, not broken. */
const STEP_MS = 45_000

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 800 }

function chromiumPath(): string {
  const directories = (process.env['PATH'] ?? '').split(delimiter)
  const found = NAMES.flatMap((name) => directories.map((directory) => join(directory, name))).find((path) => existsSync(path))
  if (!found) throw new Error('Chromium is needed for this test and not installed: apt-get install chromium')
  return found
}

/**
 * A headless Chromium with a camera and a microphone that are not there; closed at clean-up. Start one per file.
 * @param camera a file (.y4m, .mjpeg) that the camera shows over and over, see camera.ts; otherwise its usual test picture
 * @param autoplay lets sound play before the person has touched the page; off: as browsers come
 */
export async function openBrowser({ autoplay = true, camera = '' } = {}): Promise<Browser> {
  const root = process.getuid?.() === 0
  const launch = (chromiumSandbox: boolean) =>
    chromium.launch({
      executablePath: chromiumPath(),
      chromiumSandbox,
      args: [
        // Ten frames a second are a moving picture, at half the cost of encoding the usual twenty.
        '--use-fake-device-for-media-stream=fps=10',
        '--use-fake-ui-for-media-stream',
        ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []),
        ...(autoplay ? ['--autoplay-policy=no-user-gesture-required'] : []),
      ],
    })
  // Chromium refuses its sandbox to root, and containers often refuse it to everybody.
  const browser = await (root ? launch(false) : launch(true).catch(() => launch(false)))
  onCleanup(() => browser.close())
  return browser
}

export type Visitor = {
  page: Page
  /** What no page may do: errors in the console, exceptions, requests to other servers. Empty when all is well. */
  troubles: string[]
}

/**
 * Somebody with a browser of their own (an own cookie jar), on an empty page; a Chinese desktop unless told otherwise. Gone at clean-up.
 * @param origin the one server that pages may talk to
 */
export async function visitor(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: DESKTOP, reducedMotion: 'reduce', ...options })
  onCleanup(() => context.close())
  context.setDefaultTimeout(STEP_MS)
  await context.addInitScript(recordConnections)
  const page = await context.newPage()
  picturesOfFailure(page)
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`${message.type()}: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => troubles.push(`exception: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (protocol.startsWith('http') && asked !== origin) troubles.push(`request to another server: ${request.url()}`)
  })
  return { page, troubles }
}
