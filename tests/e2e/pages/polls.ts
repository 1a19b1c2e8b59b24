import type { Locator, Page } from 'playwright-core'

/** What people do with polls, at the desk and on the watch page. */
export function pollsPage(page: Page) {
  const card = (title: string): Locator => page.getByTestId('poll').filter({ hasText: title })
  const deskCard = (title: string): Locator => page.getByTestId('desk-poll').filter({ hasText: title })
  return {
    page,
    card,
    deskCard,
    /** One line of the results, by its label. */
    line: (title: string, label: string): Locator => card(title).getByTestId('poll-line').filter({ hasText: label }),
    openPanel: (): Promise<void> => page.getByTestId('side-polls').click(),
    /** Writes a single choice and opens it at once. */
    async ask(title: string, options: readonly [string, string, ...string[]]): Promise<void> {
      await page.getByTestId('poll-new').click()
      await page.getByTestId('poll-title').locator('input').or(page.locator('input[data-testid="poll-title"]')).fill(title)
      for (const [index, text] of options.entries()) {
        const fields = page.locator('input[data-testid="poll-option"], [data-testid="poll-option"] input')
        if ((await fields.count()) <= index) await page.getByTestId('poll-add-option').click()
        await fields.nth(index).fill(text)
      }
      await page.getByTestId('poll-save-open').click()
      await deskCard(title).and(page.locator('[data-state="open"]')).waitFor()
    },
    async choose(title: string, label: string): Promise<void> {
      await card(title).getByText(label, { exact: true }).click()
      await card(title).getByTestId('poll-send').click()
      await card(title).getByTestId('poll-results').waitFor()
    },
  }
}
