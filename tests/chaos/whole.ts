import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { deskPage } from '../e2e/pages/desk.ts'
import type { DeskPage } from '../e2e/pages/desk.ts'
import { watchPage } from '../e2e/pages/watch.ts'
import type { WatchPage } from '../e2e/pages/watch.ts'
import { until } from '../support/until.ts'

/** What a page lists now, after letting in what it holds back for its reader. */
async function listed(page: Page, holders: RegExp, lists: string): Promise<string[]> {
  const held = page.getByTestId(holders)
  while ((await held.count()) > 0) await held.first().click()
  // Waiting times and the clock of the answer go on by themselves.
  const texts = await page.locator(lists).allInnerTexts()
  return texts.map((text) => text.replace(/刚刚|\d+ 分钟|\d+:\d\d(?!\d)/g, '').replace(/\s+/g, ' '))
}

const atDesk = (desk: DeskPage) => listed(desk.page, /^show-new-/, '[data-testid^="column-"] [data-desk-card]:not([data-left])')
const watching = (watch: WatchPage) => listed(watch.page, /^list-changes$/, '[data-testid="question-card"]')

/** Both pages show what they would show the same people if they opened them anew; they may take a moment to get there. */
export async function expectWhole(desk: DeskPage, viewer: WatchPage): Promise<void> {
  const [freshDesk, freshViewer] = await Promise.all([desk, viewer].map(({ page }) => again(page)))
  await freshDesk!.locator('[data-desk-card]').first().waitFor()
  await freshViewer!.getByTestId('question-card').first().waitFor()
  const fresh = [await atDesk(deskPage(freshDesk!)), await watching(watchPage(freshViewer!))]
  const shown = async () => [await atDesk(desk), await watching(viewer)]
  await until(async () => JSON.stringify(await shown()) === JSON.stringify(fresh), 'the pages to be as fresh ones', 20_000).catch(() => undefined)
  expect(await shown()).toEqual(fresh)
  await Promise.all([freshDesk!.close(), freshViewer!.close()])
}

/** The same address once more, in the same browser. */
async function again(page: Page): Promise<Page> {
  const fresh = await page.context().newPage()
  await fresh.goto(page.url())
  return fresh
}
