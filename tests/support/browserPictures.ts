import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

const RESULTS = join(import.meta.dirname, '../../test-results')
let pages = 0

/**
 * When the test around this call fails, keeps what `page` showed in `test-results/`, named after the test; outside of a test nothing is kept.
 * To be called after what closes the page is registered.
 */
export function picturesOfFailure(page: Page): void {
  const number = ++pages
  try {
    onTestFinished(async ({ task }) => {
      if (task.result?.state !== 'fail') return
      const name = `${task.name.slice(0, 60)} ${new URL(page.url()).pathname} ${number}`.replace(/[^\p{L}\p{N}]+/gu, '-')
      // The page may have gone down with its browser; then there is nothing to keep.
      await page.screenshot({ path: join(RESULTS, `${name}.png`), timeout: 10_000 }).catch(() => undefined)
    })
  } catch {
    // Vitest refuses this outside of a test.
  }
}
