import type { Locator, Page } from 'playwright-core'

/** The public ledger of a session, as its page shows it. */
export function ledgerPage(page: Page) {
  const said = page.getByTestId('check-said')
  return {
    page,
    said,
    outcome: (number: number): Locator => page.locator(`[data-testid="outcome"][data-number="${number}"]`),
    outcomes: page.getByTestId('outcome'),
    /** Shows only those of one state; `all` shows everything. */
    filter: (state: string): Promise<void> => page.getByTestId(`filter-${state}`).click(),
    search: (words: string): Promise<void> => page.getByTestId('ledger-search').locator('input').or(page.locator('input[data-testid="ledger-search"]')).first().fill(words),
    refresh: (): Promise<void> => page.getByTestId('ledger-refresh').click(),
    /** Lets this browser check the chain, and waits for its verdict. */
    async check(verdict: 'holds' | 'broken'): Promise<string> {
      await page.getByTestId('check-here').click()
      await page.locator(`[data-testid="check-said"][data-verdict="${verdict}"]`).waitFor()
      return said.innerText()
    },
    async open(url: string, sessionId: string): Promise<void> {
      await page.goto(`${url}/s/${sessionId}/ledger`)
      await page.getByTestId('outcome').first().waitFor()
    },
  }
}
