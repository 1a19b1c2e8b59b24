import type { Locator, Page } from 'playwright-core'
import type { DeclineCode } from '../../../shared/rules/declining.ts'
import { until } from '../../support/until.ts'

type Column = 'pending' | 'approved' | 'asking' | 'answered' | 'declined'
type Action = 'approve' | 'decline' | 'edit' | 'air' | 'answer' | 'take_back' | 'reply' | 'merge' | 'label' | 'assign' | 'details' | 'mark' | 'person'
type Tool = 'offline' | 'pace' | 'words' | 'people' | 'flags' | 'rule' | 'links' | 'team' | 'spots' | 'help'

/** What a host does at the desk. */
export function deskPage(page: Page) {
  const column = (name: Column): Locator => page.getByTestId(`column-${name}`)
  // A card that others moved away keeps its place, marked, while a hand is on its column.
  const card = (number: number, name: Column): Locator => column(name).locator(`[data-testid="desk-card-${number}"]:not([data-left])`)
  const dialog = page.getByTestId('action-dialog')

  async function submit(): Promise<void> {
    await page.getByTestId('dialog-submit').click()
    await dialog.waitFor({ state: 'hidden' })
  }

  return {
    page,
    column,
    card,
    dialog,
    submit,
    outcome: page.getByTestId('outcome'),
    phase: page.getByTestId('phase'),
    details: page.getByTestId('details'),
    bulkBar: page.getByTestId('bulk-bar'),
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
    /** Does something with a question that stands in `name`: by its button where it has one, else through its menu. */
    async act(number: number, name: Column, action: Action): Promise<void> {
      const found = await this.sees(number, name)
      const button = found.getByTestId(`act-${action}`)
      if (await button.isVisible()) return button.click()
      await found.getByTestId('card-menu').click()
      await page.getByRole('menu').getByTestId(`act-${action}`).click()
    },
    async decline(number: number, name: Column, code: DeclineCode, words = ''): Promise<void> {
      await this.act(number, name, 'decline')
      await page.getByTestId(`pick-${code}`).click()
      await page.getByTestId('decline-reason').fill(words)
      await submit()
    },
    async edit(number: number, name: Column, text: string): Promise<void> {
      await this.act(number, name, 'edit')
      await page.getByTestId('edit-text').fill(text)
      await submit()
    },
    /** Merges into the question that a search for `into` finds. */
    async merge(number: number, name: Column, into: number): Promise<void> {
      await this.act(number, name, 'merge')
      await page.getByTestId('merge-search').fill(`#${into}`)
      await dialog.getByRole('radio').first().check()
      await submit()
    },
    async reply(number: number, name: Column, text: string): Promise<void> {
      await this.act(number, name, 'reply')
      await page.getByTestId('reply-text').fill(text)
      await submit()
    },
    /** Marks questions of a column, one by one. */
    async mark(numbers: number[], name: Column): Promise<void> {
      for (const number of numbers) {
        const found = await this.sees(number, name)
        await found.hover()
        await found.getByTestId('card-mark').click()
      }
    },
    bulk: (action: 'approve' | 'decline' | 'merge' | 'label' | 'assign' | 'take_back'): Promise<void> => page.getByTestId(`bulk-${action}`).click(),
    /** Lets the filter show only what one of its choices fits. */
    async filter(facet: 'situation' | 'topic' | 'guest' | 'channel', value: string): Promise<void> {
      await page.getByTestId('filter-open').click()
      await page.getByTestId(`filter-${facet}-${value}`).click()
      await page.keyboard.press('Escape')
    },
    /** Opens what stands in the desk's menu. */
    async open(tool: Tool): Promise<void> {
      await page.getByTestId('desk-menu').click()
      await page.getByTestId(`menu-${tool}`).click()
    },
    /** Moves the session on by a button, through its question where there is one. */
    async press(action: 'open_backstage' | 'start' | 'pause' | 'resume' | 'end'): Promise<void> {
      await page.getByTestId(`phase-${action}`).click()
      if (action === 'start') await page.getByTestId('start-confirm').click()
      if (action === 'end') await page.getByRole('dialog').getByRole('button', { name: '结束直播' }).click()
    },
    /** Cuts everything off: two presses in the same place, not so fast that they are one slip. */
    async cut(): Promise<void> {
      const button = page.getByTestId('cut')
      await button.click()
      await page.waitForTimeout(400)
      await button.click()
      await page.getByTestId('cut-strip').waitFor()
    },
    /** The card of a link, in its dialog. */
    link: (id: string): Locator => page.getByTestId('links-dialog').getByTestId(`link-${id}`),
    alarm: (linkId: string, kind: 'refused' | 'moved'): Locator => page.locator(`[data-testid="alarm-${linkId}"][data-kind="${kind}"]`),
    /** Agrees to what is asked. */
    agree: (label: string): Promise<void> => page.getByRole('dialog').last().getByRole('button', { name: label, exact: true }).click(),
    phaseIs: (phase: string): Promise<void> => page.locator(`[data-testid="phase"][data-phase="${phase}"]`).waitFor(),
  }
}

export type DeskPage = ReturnType<typeof deskPage>
