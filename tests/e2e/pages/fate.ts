import type { Page } from 'playwright-core'

/** What became of a question, as its page tells it. */
export function fatePage(page: Page) {
  return {
    page,
    /** The names of the steps, first to last. */
    steps: (): Promise<string[]> => page.getByTestId('fate-steps').locator('ol > li p.font-medium').allInnerTexts(),
    async open(url: string, receipt: string): Promise<void> {
      await page.goto(`${url}/q/${receipt}`)
      // The page has its heading before it has its question.
      await page.getByTestId('fate-steps').locator('ol > li').first().waitFor()
    },
  }
}
