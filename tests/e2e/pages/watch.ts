import type { Locator, Page } from 'playwright-core'
import { until } from '../../support/until.ts'

/** What a resident does on the watch page. */
export function watchPage(page: Page) {
  const stage = page.getByTestId('stage-area')
  const card = (text: string): Locator => page.getByTestId('question-card').filter({ hasText: text })

  return {
    page,
    stage,
    current: page.getByTestId('current-question'),
    /** The sentence in place of the picture, by its key below `stage.notice`. */
    notice: (key: string): Locator => stage.locator(`[data-notice="${key}"]`),
    connection: (state: 'offline' | 'reconnecting'): Locator => page.locator(`[data-connection="${state}"]`),
    card,
    /** Resolves when the list shows a question of this text; changes that the list holds back for its reader are let in. */
    async sees(text: string): Promise<Locator> {
      const changes = page.getByTestId('list-changes')
      await until(async () => {
        if (await card(text).isVisible()) return true
        if (await changes.isVisible()) await changes.click({ timeout: 1_000 }).catch(() => undefined)
        return false
      }, `the question "${text}" in the list`, 45_000)
      return card(text)
    },
    async type(text: string): Promise<void> {
      if (await page.getByTestId('ask-again').isVisible()) await page.getByTestId('ask-again').click()
      await page.getByTestId('ask-text').fill(text)
    },
    /** Writes a question and hands it in. */
    async ask(text: string): Promise<void> {
      await this.type(text)
      await page.getByTestId('ask-send').click()
    },
    /** As {@link ask}, and waits for the receipt. */
    async askForReceipt(text: string): Promise<string> {
      await this.ask(text)
      return page.getByTestId('sent-notice').getByTestId('receipt').innerText()
    },
    /** One's own question of this text, with the list of one's own questions unfolded. */
    async own(text: string): Promise<Locator> {
      const mine = page.getByTestId('my-questions')
      await mine.waitFor()
      if (!(await mine.evaluate((element) => element.hasAttribute('open')))) await mine.locator('summary').click()
      return page.getByTestId('own-question').filter({ hasText: text })
    },
    /** Questions like the one being written. */
    similar: page.getByTestId('similar-question'),
    topic: (name: string): Locator => page.getByTestId('ask-form').getByTestId('topics').getByRole('button', { name }),
    /** Attaches a picture to the question being written, and waits until the server has it. */
    async attach(picture: Buffer): Promise<void> {
      await page.getByTestId('picture-input').setInputFiles({ name: 'picture.png', mimeType: 'image/png', buffer: picture })
      await until(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('fangtan.draft.extras.') && /"pictureId":"[^"]/.test(localStorage.getItem(key) ?? ''))), 'the picture to be sent')
    },
    /** Lists what was answered. */
    answered: (): Promise<void> => page.getByTestId('order-answered').click(),
    timer: page.getByTestId('current-question').getByTestId('answer-timer'),
    intake: (state: 'paused' | 'slow' | 'late'): Locator => page.locator(`[data-intake="${state}"]`),
    async chat(text: string): Promise<void> {
      await page.getByTestId('tab-chat').click()
      await page.getByTestId('chat-input').fill(text)
      await page.getByTestId('chat-send').click()
    },
    message: (text: string): Locator => page.getByTestId('chat-message').filter({ hasText: text }),
  }
}

export type WatchPage = ReturnType<typeof watchPage>
