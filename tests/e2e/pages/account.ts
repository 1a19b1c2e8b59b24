import type { Locator, Page } from 'playwright-core'
import { codeOf } from '../../support/staff.ts'

/** What somebody of the staff does with their own account, and what a link's owner does with theirs. */
export function accountPage(page: Page) {
  const field = (name: string): Locator => page.locator(`input[name="${name}"]`)
  const menu = page.getByTestId('account-menu')

  return {
    page,
    field,
    menu,
    trouble: page.getByTestId('sign-in-trouble'),
    lockClock: page.getByTestId('lock-clock'),
    linkInUse: page.getByTestId('link-in-use'),
    /** What is said of rights that were taken away. */
    revoked: (reason: 'signed_out' | 'revoked' | 'moved' | 'erased'): Locator => page.locator(`[data-revoked="${reason}"]`),
    /** Types user name and password, and sends them. */
    async signIn(username: string, password: string): Promise<void> {
      await page.getByTestId('sign-in').waitFor()
      await field('username').fill(username)
      await field('password').fill(password)
      await page.getByTestId('sign-in-submit').click()
    },
    /** The second step, with `code` of the authenticator or a recovery code. */
    async confirm(code: string): Promise<void> {
      await page.getByTestId('sign-in-code').waitFor()
      if (!/^\d{6}$/.test(code)) await page.getByTestId('code-other').click()
      await page.getByTestId('code').fill(code)
      await page.getByTestId('code-submit').click()
    },
    async setUp(given: { siteName: string; name: string; username: string; password: string }): Promise<void> {
      await page.getByTestId('setup').waitFor()
      await field('siteName').fill(given.siteName)
      await field('name').fill(given.name)
      await field('username').fill(given.username)
      await field('new-password').fill(given.password)
      await page.getByTestId('setup-submit').click()
    },
    /** Begins to set up a second factor, up to the code that confirms it. @returns the secret, as it is shown for typing */
    async offerFactor(password: string): Promise<string> {
      await page.getByTestId('factor-start').click()
      await field('password').fill(password)
      await page.getByTestId('factor-proof-submit').click()
      return (await page.getByTestId('factor-secret').innerText()).replaceAll(/\s/g, '')
    },
    /** Confirms it by what the authenticator shows now. @returns the recovery codes */
    async confirmFactor(secret: string): Promise<string[]> {
      await page.getByTestId('code').fill(codeOf(secret, new Date()))
      await page.getByTestId('factor-confirm-submit').click()
      await page.getByTestId('recovery-codes').waitFor()
      return page.getByTestId('recovery-code').allInnerTexts()
    },
    /** Does what the menu in the header offers. */
    async choose(item: 'account' | 'admin' | 'mine' | 'sign-out'): Promise<void> {
      await menu.click()
      await page.getByRole('menu').getByTestId(`menu-${item}`).click()
    },
    /** Answers the dialog that asks whether somebody is sure. */
    async answer(choice: 'go on' | 'stay'): Promise<void> {
      const buttons = page.getByRole('dialog').getByRole('button')
      await (choice === 'go on' ? buttons.last() : buttons.nth(-2)).click()
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    },
  }
}
export type AccountPage = ReturnType<typeof accountPage>
