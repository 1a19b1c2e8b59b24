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
    is: (air: 'closed' | 'backstage' | 'ready' | 'standby' | 'on_air' | 'paused' | 'interrupted'): Promise<void> => page.locator(`[data-testid="backstage"][data-air="${air}"]`).waitFor(),
    timer: backstage.getByTestId('answer-timer'),
    /** Opens the questions beside the picture. */
    async questions(): Promise<Locator> {
      const drawer = page.getByTestId('question-drawer')
      if (!(await drawer.isVisible())) await page.getByTestId('own-questions').click()
      await drawer.waitFor()
      return drawer
    },
    /** Answers one of them in writing. */
    async reply(question: string, answer: string): Promise<void> {
      const drawer = await this.questions()
      await drawer.getByTestId('drawer-question').filter({ hasText: question }).getByTestId('reply-open').click()
      await drawer.getByTestId('reply-text').fill(answer)
      await drawer.getByTestId('reply-send').click()
      await drawer.getByTestId('reply-form').waitFor({ state: 'detached' })
    },
    notice: (key: string): Locator => backstage.locator(`[data-notice="${key}"]`),
  }
}

export type StagePage = ReturnType<typeof stagePage>
