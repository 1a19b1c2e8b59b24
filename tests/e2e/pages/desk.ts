import type { Locator, Page } from 'playwright-core'
import { until } from '../../support/until.ts'

type Column = 'pending' | 'approved' | 'asking' | 'answered' | 'declined'
type Action = 'approve' | 'decline' | 'edit' | 'air' | 'answer' | 'take_back'

/** What a host does at the desk. */
export function deskPage(page: Page) {
  const column = (name: Column): Locator => page.getByTestId(`column-${name}`)
  // A card that others moved away keeps its place, marked, while a hand is on its column.
  const card = (number: number, name: Column): Locator => column(name).locator(`[data-testid="desk-card-${number}"]:not([data-left])`)
  const dialog = page.getByTestId('action-dialog')

  return {
    page,
    column,
    card,
    dialog,
    outcome: page.getByTestId('outcome'),
    phase: page.getByTestId('phase'),
    connection: (state: 'offline' | 'reconnecting'): Locator => page.locator(`[data-connection="${state}"]`),
    seat: (seatId: string): Locator => page.getByTestId('stage-panel').getByTestId(`seat-${seatId}`),
    /** Resolves with a question's card once it stands in this column; new ones that wait behind the column's button are let in. */
    async sees(number: number, name: Column): Promise<Locator> {
      const arrivals = page.getByTestId(`show-new-${name}`)
      await until(async () => {
        if (await card(number, name).isVisible()) return true
        if (await arrivals.isVisible()) await arrivals.click({ timeout: 1_000 }).catch(() => undefined)
        return false
      }, `question ${number} in the column ${name}`, 45_000)
      return card(number, name)
    },
    /** Presses one of the buttons of a question that stands in `name`. */
    async act(number: number, name: Column, action: Action): Promise<void> {
      await (await this.sees(number, name)).getByTestId(`act-${action}`).click()
    },
    async submitDialog(field: 'decline-reason' | 'edit-text', text: string): Promise<void> {
      await page.getByTestId(field).fill(text)
      await page.getByTestId('dialog-submit').click()
      await dialog.waitFor({ state: 'hidden' })
    },
    /** Moves the session on by a button, through its question where there is one. */
    async press(action: 'open_backstage' | 'start' | 'pause' | 'resume' | 'end'): Promise<void> {
      await page.getByTestId(`phase-${action}`).click()
      if (action === 'start') await page.getByTestId('start-confirm').click()
      if (action === 'end') await page.getByRole('dialog').getByRole('button', { name: '结束直播' }).click()
    },
    phaseIs: (phase: string): Promise<void> => page.locator(`[data-testid="phase"][data-phase="${phase}"]`).waitFor(),
  }
}

export type DeskPage = ReturnType<typeof deskPage>
