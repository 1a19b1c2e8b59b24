import type { Page } from 'playwright-core'

/** Opens a sign-in link as people do, takes the seat over from another device that has it, and waits until the link has led somewhere. */
export async function comeIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  const inside = page.waitForURL((url) => !url.pathname.startsWith('/in/'))
  const move = page.getByTestId('link-move')
  // Whichever comes first; the other one is given up quietly.
  await Promise.race([inside, move.click().catch(() => undefined)])
  await inside
}
