import type { Locator, Page } from 'playwright-core'
import type { SpotKind } from '../../../shared/spot.ts'

/** Records made on the spot: how a host or recorder makes them, and how everybody sees them. */
export function spotsPage(page: Page) {
  const form = page.getByTestId('spot-form')
  return {
    page,
    form,
    /** A record as a line, wherever it stands within `where`. */
    line: (where: Locator, number: number): Locator => where.locator(`[data-testid="spot"][data-number="${number}"]`),
    /** First click: what it is. `where`: the card. */
    begin: async (where: Locator, kind: SpotKind): Promise<void> => {
      await where.getByTestId(`spot-${kind}`).click()
      await form.waitFor()
    },
    /** Second click: until when, the place of the date among those offered. @returns the date */
    async due(place: number): Promise<string> {
      const button = form.getByTestId('spot-due').nth(place)
      const due = (await button.getAttribute('data-due')) ?? ''
      await button.click()
      await form.waitFor({ state: 'hidden' })
      return due
    },
    async record(): Promise<void> {
      await form.getByTestId('spot-record').click()
      await form.waitFor({ state: 'hidden' })
    },
    words: (text: string): Promise<void> => form.getByTestId('spot-text').or(form.locator('textarea')).last().fill(text),
  }
}
