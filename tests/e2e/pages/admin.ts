import type { Locator, Page } from 'playwright-core'

export type AdminSection = 'people' | 'departments' | 'forums' | 'permissions' | 'sessions' | 'audit' | 'lookups' | 'webhooks'

/** The administration, as whoever may use it sees it. */
export function adminPage(page: Page, url: string) {
  /** Chooses in a list that opens from a button. */
  async function choose(testId: string, label: string): Promise<void> {
    await page.getByTestId(testId).click()
    await page.getByRole('option', { name: label, exact: true }).click()
  }

  return {
    page,
    choose,
    heading: page.getByRole('heading', { level: 1 }),
    dialog: page.getByRole('dialog'),
    person: (username: string): Locator => page.locator(`[data-testid="person"][data-username="${username}"]`),
    department: (code: string): Locator => page.locator(`[data-testid="department"][data-code="${code}"]`),
    forum: (code: string): Locator => page.locator(`[data-testid="forum"][data-code="${code}"]`),
    session: (id: string): Locator => page.locator(`[data-testid="admin-session"][data-session="${id}"]`),
    entries: (action: string): Locator => page.locator(`[data-testid="audit-entry"][data-action="${action}"]`),
    /** Comes in by a sign-in link. */
    async comeIn(link: string): Promise<void> {
      await page.goto(link)
      await page.waitForURL((to) => !to.pathname.startsWith('/in/'))
    },
    async open(section: AdminSection): Promise<void> {
      await page.goto(`${url}/admin/${section}`)
      await page.getByTestId('admin-navigation').or(page.getByTestId('admin')).first().waitFor()
    },
    /** Sends the form of the dialog that is open. */
    submit: (): Promise<void> => page.getByTestId('dialog-submit').click(),
    /** Presses the button of the question “are you sure”. */
    confirm: (label: string): Promise<void> => page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click(),
    /** The link that is shown once; it is closed then. */
    async takeLink(): Promise<string> {
      const link = await page.getByTestId('one-time-url').inputValue()
      await page.getByTestId('one-time-close').click()
      await page.getByTestId('one-time-link').waitFor({ state: 'detached' })
      return link
    },
    /** What somebody's “more” offers. */
    async more(username: string): Promise<string[]> {
      await page.locator(`[data-testid="person"][data-username="${username}"]`).getByTestId('person-more').click()
      return page.getByRole('menuitem').allInnerTexts()
    },
  }
}
