import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What keeps people out of the page as it is now, after WCAG 2.2 AA; empty when nothing does. */
export async function barriers(page: Page): Promise<string[]> {
  // Around notices the component library keeps the keyboard's way in and out: hidden, and never where the focus stays.
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).exclude('[aria-label*="(F8)"] > span[aria-hidden="true"]').setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}
