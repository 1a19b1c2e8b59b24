import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What keeps people out of the page as it is now, after WCAG 2.2 AA; empty when nothing does. */
export async function barriers(page: Page): Promise<string[]> {
  // Around notices the component library keeps the keyboard's way in and out: hidden, and never where the focus stays.
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).exclude('[aria-label*="(F8)"] > span[aria-hidden="true"]').setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

/** The same in both languages, with texts that are missing; the page is then as it was. Nothing may stand over its header. */
export async function barriersInBoth(page: Page): Promise<string[]> {
  const found: string[] = []
  for (let language = 0; language < 2; language++) {
    const keys = await page.evaluate(() => document.body.innerText.match(/\b(?:account|common|error|issue|wait|term|ui)\.\w+/g) ?? [])
    found.push(...(await barriers(page)), ...keys.map((key) => `no text for ${key}`))
    const before = (await page.locator('html').getAttribute('lang')) ?? ''
    await page.locator('header button[lang]').click()
    await page.locator(`html:not([lang="${before}"])`).waitFor()
  }
  return found
}
