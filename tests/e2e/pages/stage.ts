import type { Locator, Page } from 'playwright-core'

/** What a guest does on the stage page. */
export function stagePage(page: Page) {
  const backstage = page.getByTestId('backstage')
  return {
    page,
    backstage,
    question: page.getByTestId('stage-question'),
    strip: page.getByTestId('air-strip'),
    /** From the device check to backstage: the one click. */
    async enter(): Promise<void> {
      await page.getByTestId('enter-backstage').click()
      await backstage.waitFor()
    },
    /** Where the guest stands, as the strip says it. */
    is: (air: 'closed' | 'backstage' | 'ready' | 'standby' | 'on_air' | 'paused'): Promise<void> => page.locator(`[data-testid="backstage"][data-air="${air}"]`).waitFor(),
    notice: (key: string): Locator => backstage.locator(`[data-notice="${key}"]`),
  }
}

export type StagePage = ReturnType<typeof stagePage>
