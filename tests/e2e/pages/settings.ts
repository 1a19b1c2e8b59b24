import type { Page } from 'playwright-core'

export const SETTINGS = ['branding', 'privacy', 'identity', 'words', 'workdays', 'retention', 'security'] as const
export const SYSTEM = ['health', 'storage', 'work'] as const
export type SettingsSection = (typeof SETTINGS)[number] | (typeof SYSTEM)[number]

/** The sections of the administration in which the site is set up and the machine looked after. */
export function settingsPage(page: Page, url: string) {
  return {
    page,
    /** Resolves once the section's content is there. */
    async open(section: SettingsSection): Promise<void> {
      await page.goto(`${url}/admin/${section}`)
      await page.locator('[data-testid="kept-form"], [data-testid="health-all"], [data-testid="storage-rows"], [data-testid="work-deliveries"]').first().waitFor()
    },
    field: (testId: string) => page.getByTestId(testId),
    /** Saves, and waits until it is. */
    async save(): Promise<void> {
      await page.getByTestId('kept-save').click()
      await page.locator('[data-testid="kept-save"]:disabled').waitFor()
    },
    press: (testId: string): Promise<void> => page.getByTestId(testId).click(),
    /** Presses a button of the question that is asked. */
    answer: (label: string): Promise<void> => page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click(),
    /** The colour of the county as the page has it now, `#rrggbb`. */
    accent: (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--color-county-500').trim()),
  }
}
