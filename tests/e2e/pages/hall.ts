import type { Page } from 'playwright-core'

/** The page of those who help in the hall, as a person uses it. */
export const hallPage = (page: Page) => ({
  page,
  /** What the door shows big, once it is of this kind. */
  result: (kind: string) => page.locator(`[data-testid="door-result"][data-kind="${kind}"]`),
  /** Resolves once the page would open without a network. */
  kept: () => page.locator('[data-testid="hall-kept"][data-kept="true"]').waitFor(),
  apart: page.getByTestId('hall-apart'),
  unsent: page.getByTestId('hall-unsent'),
  async figure(name: 'here' | 'missing' | 'expected', value: number) {
    await page.getByTestId(`door-${name}`).getByText(String(value), { exact: true }).waitFor()
  },
  async find(name: string) {
    await page.getByTestId('door-search').fill(name)
    return page.getByTestId('door-person').filter({ hasText: name })
  },
  async tap(name: string) {
    await (await this.find(name)).getByTestId('door-check-in').click()
    await page.getByTestId('door-result-name').getByText(name).waitFor()
  },
})
